import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { newId } from './event-ids';
import { parkedEvents, requestReplay } from './parked-events';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import type { ProjectionRunnerOptions } from './projection-runner';
import { everyAccount } from './read-model-store';
import type { ReadModel } from './read-model-store';

interface Letters {
  readonly letters: string;
}
const words: ReadModel<Letters> = { name: 'words', version: 1, fields: [] };
const accountId = '1';

/** Spells what happened to each stream; a letter in `poison` throws, in `evolve` or where the document is named. */
const spelling = (poison: { evolve?: string; documentIds?: string } = {}): Projection<Letters> => ({
  readModel: words,
  streamPrefixes: ['word-'],
  documentIds: ({ stream, data }) => {
    if (poison.documentIds === data) throw new Error(`whose is ${String(data)}?`);
    return stream;
  },
  evolve: (word, { data }) => {
    if (poison.evolve === data) throw new Error(`cannot spell ${String(data)}`);
    return { letters: (word?.letters ?? '') + String(data) };
  },
});

describe('an event that cannot be folded', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let runner: ProjectionRunner | undefined;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'parked-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    await runner?.stop();
    runner = undefined;
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  const start = async (projection: Projection<Letters>, over: Partial<ProjectionRunnerOptions> = {}) => {
    runner = new ProjectionRunner({ events: log, readModels, projections: [projection], ...over });
    await runner.start();
    await runner.untilReady(20_000);
  };
  const spell = async (stream: string, ...letters: string[]): Promise<void> => {
    for (const data of letters) {
      const id = newId();
      const metadata = {
        $correlationId: id,
        $causationId: id,
        actor: 'a',
        accountId,
        command: 'C',
        schemaVersion: 1,
      };
      await log.append(stream, 'any', [{ id, type: 'Letter', data, metadata }]);
    }
    await runner?.reached((await log.head())!, 20_000);
  };
  const word = async (stream: string) => (await readModels.get(words, accountId, stream))?.letters;
  const parked = async () =>
    (
      await readModels.find(parkedEvents, everyAccount, {
        sort: { by: 'order', direction: 'ascending' },
        limit: 100,
      })
    ).items.map(({ sequence, eventType, reason, attempts }) => ({ sequence, eventType, reason, attempts }));
  const sequence = { readModel: 'words', accountId, sequence: 'word-a' };
  const behind = 'an earlier event of the same document is parked';

  it('is parked with all that follow for its document; everything else flows', async () => {
    await start(spelling({ evolve: 'x' }));
    await spell('word-a', '1', 'x', '2');
    await spell('word-b', '1', '2');
    await spell('word-a', '3');
    expect(await word('word-a')).toBe('1');
    expect(await word('word-b')).toBe('12');
    const of = { sequence: 'word-a', eventType: 'Letter' };
    expect(await parked()).toEqual([
      { ...of, reason: 'Error: cannot spell x', attempts: 1 },
      { ...of, reason: behind, attempts: 0 },
      { ...of, reason: behind, attempts: 0 },
    ]);
    expect(runner!.report()).toMatchObject({ parkedSequences: 1, parkedEvents: 3 });
  });

  it('stays parked over a restart, and is folded in order once the code is mended', async () => {
    await start(spelling({ evolve: 'x' }));
    await spell('word-a', '1', 'x', '2');
    await runner!.stop();
    await start(spelling());
    await spell('word-a', '3');
    expect(await word('word-a')).toBe('1');
    expect(await runner!.replayParked(sequence)).toEqual({ replayed: 3 });
    expect(await word('word-a')).toBe('1x23');
    expect(await parked()).toEqual([]);
    await spell('word-a', '4');
    expect(await word('word-a')).toBe('1x234');
  });

  it('is tried again by whoever works for the projections when an operator asks for it', async () => {
    await start(spelling({ evolve: 'x' }));
    await spell('word-a', 'x', '2');
    await runner!.stop();
    await start(spelling(), { leaseMilliseconds: 60 });
    expect(await requestReplay(readModels, sequence)).toBe(true);
    while ((await parked()).length > 0) await new Promise(setImmediate);
    expect(await word('word-a')).toBe('x2');
    expect(await requestReplay(readModels, sequence)).toBe(false);
  });

  it('keeps count of the attempts when it still cannot be folded, and releases nothing behind it', async () => {
    await start(spelling({ evolve: 'x' }));
    await spell('word-a', 'x', '2');
    expect(await runner!.replayParked(sequence)).toEqual({ replayed: 0, failure: 'Error: cannot spell x' });
    expect((await parked()).map(({ attempts }) => attempts)).toEqual([2, 0]);
    expect(await word('word-a')).toBeUndefined();
  });

  it('is parked by its stream when its document cannot be told', async () => {
    await start(spelling({ documentIds: 'x' }));
    await spell('word-a', '1', 'x', '2');
    await spell('word-b', '1');
    expect(await word('word-a')).toBe('1');
    expect(await word('word-b')).toBe('1');
    expect((await parked()).map(({ sequence: name }) => name)).toEqual(['stream:word-a', 'stream:word-a']);
    await runner!.stop();
    await start(spelling());
    await runner!.replayParked({ ...sequence, sequence: 'stream:word-a' });
    expect(await word('word-a')).toBe('1x2');
  });

  it('is found at whatever place of a page it stands, while catching up and live alike', async () => {
    await spell('word-a', '1', '2', 'x', '3');
    await spell('word-b', '1');
    await start(spelling({ evolve: 'x' }));
    expect(await word('word-a')).toBe('12');
    expect(await word('word-b')).toBe('1');
    expect(await parked()).toHaveLength(2);
  });
});
