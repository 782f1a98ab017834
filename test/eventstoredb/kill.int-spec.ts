import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreUnavailable, UnknownOutcome } from '@flowledger/event-sourcing';
import type { ExpectedRevision } from '@flowledger/event-sourcing';
import { idsIn, newCategory, newEvent, SubscriptionReader } from '@flowledger/event-sourcing/testing';
import type { EventStoreDbEventStore } from '@flowledger/event-store-eventstoredb';
import { connect } from './support/real-server';

const { FLOWLEDGER_EVENTSTORE_KILL_COMMAND: kill, FLOWLEDGER_EVENTSTORE_START_COMMAND: start } = process.env;
const run = (command: string): Promise<unknown> => promisify(execFile)('sh', ['-c', command]);

const writers = 32;

/** Appends one event after the other and repeats each until it is acknowledged. @returns the ids, in order */
async function write(
  store: EventStoreDbEventStore,
  stream: string,
  until: () => boolean,
  refusals: Error[],
): Promise<string[]> {
  const ids: string[] = [];
  let expected: ExpectedRevision = 'no-stream';
  while (!until()) {
    const event = newEvent();
    for (;;) {
      try {
        expected = (await store.append(stream, expected, [event])).revision;
        ids.push(event.id);
        break;
      } catch (error) {
        if (!(error instanceof UnknownOutcome || error instanceof EventStoreUnavailable)) throw error;
        refusals.push(error);
        await delay(50);
      }
    }
  }
  return ids;
}

describe('a server that is killed under 32 writers', () => {
  if (!kill && !start) {
    it('n/a: FLOWLEDGER_EVENTSTORE_KILL_COMMAND and FLOWLEDGER_EVENTSTORE_START_COMMAND name no server', () =>
      expect([kill, start]).toEqual([undefined, undefined]));
    return;
  }

  it.each([1, 2, 3])('loses nothing acknowledged and holds nothing twice (%i)', async () => {
    if (!kill || !start)
      throw new Error('Give both FLOWLEDGER_EVENTSTORE_KILL_COMMAND and FLOWLEDGER_EVENTSTORE_START_COMMAND');
    const store = await connect();
    const category = newCategory();
    const streams = Array.from({ length: writers }, (_, index) => `${category}${index}`);
    const refusals: Error[] = [];
    let over = false;
    const writing = streams.map((stream) => write(store, stream, () => over, refusals));
    const before = new SubscriptionReader(store, { streamPrefixes: [category] });
    await before.received(500);

    await run(kill);
    expect(await before.ended).toBeInstanceOf(Error);
    await run(start);
    while (store.status.circuitOpen) await delay(20);
    await delay(1_000);
    over = true;

    const acknowledged = await Promise.all(writing);
    for (const [index, stream] of streams.entries())
      expect(await idsIn(store.readStream(stream))).toEqual(acknowledged[index]);
    const after = new SubscriptionReader(store, { after: before.position, streamPrefixes: [category] });
    await after.received(acknowledged.flat().length - before.events.length);
    await after.stop();
    expect(new Set([...before.ids, ...after.ids])).toEqual(new Set(acknowledged.flat()));
    await store.close();
    process.stdout.write(
      `${acknowledged.flat().length} acknowledged, ${refusals.length} refused or unknown\n`,
    );
  });
});
