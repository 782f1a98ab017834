import { SystemClock } from '@flowledger/event-sourcing';
import { EmbeddedLogStore } from '@flowledger/log-store';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const child = join(__dirname, 'children/log-store-writer.js');

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'log-store-crash-'))));
afterEach(() => rm(directory, { recursive: true }));

/** Runs the writer until it dies, by its own hand at `fatalStep` or by ours after `segments` acknowledgements. */
async function writeUntilKilled(first: number, fatalStep: string, segments = Infinity): Promise<number[]> {
  const writer = spawn(process.execPath, [child, directory, fatalStep, String(first)]);
  const acknowledged: number[] = [];
  let complaint = '';
  writer.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  let seen = 0;
  createInterface(writer.stdout).on('line', (line) => {
    acknowledged.push(...(JSON.parse(line) as { acknowledged: number[] }).acknowledged);
    // Not at once: anywhere between this acknowledgement and the ones that follow.
    if (++seen === segments) setTimeout(() => writer.kill('SIGKILL'), Math.random() * 40);
  });
  const signal = await new Promise((resolve) => writer.on('close', (_code, by) => resolve(by)));
  expect({ signal, complaint }).toEqual({ signal: 'SIGKILL', complaint: '' });
  return acknowledged;
}

const open = () =>
  EmbeddedLogStore.open({
    directory,
    clock: new SystemClock(),
    limits: { spoolBytes: 1e10, spoolAgeSeconds: 604_800 },
  });

/** After the death: everything acknowledged is delivered once to each flow log, nothing twice, every file is sound. */
async function expectExactlyOnce(acknowledged: readonly number[]) {
  const store = await open();
  try {
    for (const flowLogId of ['fl-1', 'fl-2']) {
      let outcome = store.deliverNext(flowLogId, 'ls-kept');
      while ('more' in outcome && outcome.more) outcome = store.deliverNext(flowLogId, 'ls-kept');
      expect(outcome).not.toHaveProperty('refused');
      const { storedEntries, deliveredEntries, spooledEntries } = store.spool(flowLogId);
      expect({ deliveredEntries, spooledEntries }).toEqual({
        deliveredEntries: storedEntries,
        spooledEntries: 0,
      });
    }
    const numbers: number[] = [];
    for (let offset = 0, page = 1_000; page === 1_000; offset += page) {
      const { entries, count } = await store.query('ls-kept', { from: 0, to: 4e9, limit: 1_000, offset });
      numbers.push(...entries.map(({ bytes }) => Number(bytes)));
      page = count;
    }
    const times = new Map<number, number>();
    for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1);
    expect([...times.values()].filter((count) => count !== 2)).toEqual([]);
    expect(acknowledged.filter((number) => !times.has(number))).toEqual([]);
    expect((await store.verify()).problems).toEqual([]);
    return { swept: store.swept.files };
  } finally {
    await store.close();
  }
}

describe('a writer that is killed', () => {
  it.each([
    ['copied', 1],
    ['synced', 1],
    ['renamed', 1],
    ['committed', 0],
    ['unlinking', 1],
    ['merge-synced', 1],
    ['merge-renamed', 1],
    ['merge-committed', 4],
    ['merge-unlinking', 4],
  ])('at the step "%s" loses and repeats nothing, and leaves %i files to sweep', async (step, leftovers) => {
    const acknowledged = await writeUntilKilled(1, step);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(await expectExactlyOnce(acknowledged)).toEqual({ swept: leftovers });
  });

  it('again and again at any moment loses and repeats nothing', async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < 6; round++) {
      acknowledged.push(...(await writeUntilKilled(1 + round * 1_000_000, 'none', 2 + round * 3)));
      await expectExactlyOnce(acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(18);
  });
});
