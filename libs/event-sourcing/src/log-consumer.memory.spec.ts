import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import type { RecordedEvent } from './event';
import { newId } from './event-ids';
import { LogConsumer } from './log-consumer';
import type { LogHandler } from './log-consumer';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const event = () => {
  const id = newId();
  const metadata = { $correlationId: id, $causationId: id, actor: 't', accountId: '1', command: 'C' };
  return { id, type: 'Noted', data: {}, metadata: { ...metadata, schemaVersion: 1 } };
};

it('keeps nothing of what was handled while its subscription lives on', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'log-consumer-'));
  const log = await EmbeddedEventStore.open({ directory });
  const readModels = await EmbeddedReadModelStore.open({ directory });
  const handled: WeakRef<readonly RecordedEvent[]>[] = [];
  let live: () => void;
  const isLive = new Promise<void>((resolve) => (live = resolve));
  const handler: LogHandler = {
    name: 'test',
    resumeAfter: async () => undefined,
    events: async (events) => void handled.push(new WeakRef(events)),
    checkpoint: async () => undefined,
    caughtUp: async () => live(),
    position: undefined,
    report: () => ({}),
    failed: () => undefined,
  };
  const pages = 5;
  for (let page = 0; page < pages; page++) {
    await log.append(`note-${page}`, 'no-stream', Array.from({ length: 500 }, event));
  }
  const consumer = new LogConsumer(log, readModels, handler);
  consumer.start();
  await isLive;
  collectGarbage();
  expect(handled).toHaveLength(pages);
  // The last page may still stand in a frame of the subscription.
  expect(handled.slice(0, -1).filter((page) => page.deref())).toEqual([]);
  await consumer.stop();
  await log.close();
  await readModels.close();
  rmSync(directory, { recursive: true });
});
