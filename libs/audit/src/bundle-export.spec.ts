import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePosition, SystemClock } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import type { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import fc from 'fast-check';
import { account, appendInTurn, openLog, verdictOf } from '../testing';
import { BundleExport, NothingToExport } from './bundle-export';
import { CheckpointLog } from './checkpoint-log';
import { bundleLines } from './domain/bundle-format';
import type { BundleHead, BundleScope, ProvenEvent } from './domain/bundle-format';
import { leafHash, storedText } from './domain/event-hashes';
import { SigningKey } from './signing-key';

const streams = ['order-1', 'order-2', 'stock-1'];

describe('the bundle of a log with checkpoints in it', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let exporter: BundleExport;
  let lines: string[];
  let key: SigningKey;

  const exported = async (scope: BundleScope): Promise<string[]> => {
    const found: string[] = [];
    for await (const line of await exporter.lines({ scope })) found.push(line);
    return found;
  };
  const verdict = (changed: readonly string[]) => verdictOf(Buffer.from(changed.join('\n') + '\n'));
  /** Pairs of entry and event, between the head and the seal. */
  const pairs = () => {
    const body = lines.slice(1, -1);
    return body.flatMap((line, index) => (index % 2 === 0 ? [[line, body[index + 1]!] as const] : []));
  };
  const identity = (pair: number) => {
    const { stream, revision, position } = JSON.parse(pairs()[pair]![1]) as Record<string, string>;
    return { stream, revision, position };
  };
  const rebuilt = (changed: readonly (readonly string[])[]) => [lines[0]!, ...changed.flat(), lines.at(-1)!];
  const aPair = fc.nat().map((n) => n % 22);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'flowledger-audit-'));
    log = await openLog(directory);
    key = SigningKey.open(directory);
    const clock = new SystemClock();
    const checkpoints = new CheckpointLog(log, key, clock, { everyEvents: 1, everyMilliseconds: 1 });
    exporter = new BundleExport(log, checkpoints, key, clock);
    await appendInTurn(log, streams, 9);
    await checkpoints.turn();
    await appendInTurn(log, streams, 6);
    await checkpoints.turn();
    await appendInTurn(log, ['other-1'], 5, '2000000000000002');
    lines = await exported({ kind: 'all' });
  });
  afterAll(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  it('is verified, whole', async () => {
    expect(await verdict(lines)).toMatchObject({ verified: true, events: 22, checkpoints: 3 });
    expect(pairs()).toHaveLength(22);
  });

  it('is verified for one stream, and for one account', async () => {
    expect(
      await verdict(await exported({ kind: 'stream', stream: 'order-2', accountId: account })),
    ).toMatchObject({
      verified: true,
      events: 5,
      streams: 1,
    });
    const other = { kind: 'account', accountId: '2000000000000002' } as const;
    expect(await verdict(await exported(other))).toMatchObject({ verified: true, events: 5, streams: 1 });
    const foreign = { kind: 'stream', stream: 'other-1', accountId: account } as const;
    await expect(exporter.lines({ scope: foreign })).rejects.toThrow(NothingToExport);
  });

  it('is verified against the key that its operator published, and no other', async () => {
    const bytes = Buffer.from(lines.join('\n'));
    expect(await verdictOf(bytes, key.keyId)).toMatchObject({ verified: true });
    expect(await verdictOf(bytes, '0123456789abcdef')).toMatchObject({ verified: false });
  });

  it('ends at a moment', async () => {
    const { position } = identity(12);
    const isAfter = (event: { position: { commit: bigint } }) => event.position.commit > BigInt(position!);
    const cut: string[] = [];
    const asOf = { text: position!, isAfter };
    for await (const line of await exporter.lines({ scope: { kind: 'all' }, asOf })) cut.push(line);
    expect(await verdict(cut)).toMatchObject({ verified: true, events: 13 });
  });

  it('names the event when a byte of it or of its entry is changed', () =>
    fc.assert(
      fc.asyncProperty(
        aPair,
        fc.boolean(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (at, ofEvent, byte, bits) => {
          const changed = pairs().map((pair) => [...pair]);
          const line = Buffer.from(changed[at]![ofEvent ? 1 : 0]!);
          line[byte % line.length]! ^= bits;
          const before = Buffer.from([lines[0]!, ...changed.slice(0, at).flat()].join('\n') + '\n');
          const [entry, event] = changed[at]!.map((text) => Buffer.from(text));
          const both = ofEvent ? [entry!, Buffer.from('\n'), line] : [line, Buffer.from('\n'), event!];
          const after = Buffer.from(['', ...changed.slice(at + 1).flat(), lines.at(-1)!].join('\n'));
          const found = await verdictOf(Buffer.concat([before, ...both, after]));
          expect(found).toMatchObject({ verified: false, event: identity(at) });
        },
      ),
      { numRuns: 150 },
    ));

  it('names the event that was removed, with its entry or without', () =>
    fc.assert(
      fc.asyncProperty(aPair, fc.constantFrom('both', 'entry', 'event'), async (at, what) => {
        const kept = pairs().map(([entry, event], index) => {
          if (index !== at) return [entry, event];
          return what === 'both' ? [] : [what === 'entry' ? event : entry];
        });
        expect(await verdict(rebuilt(kept))).toMatchObject({ verified: false, event: identity(at) });
      }),
      { numRuns: 60 },
    ));

  it('names the first event that is not in its place', () =>
    fc.assert(
      fc.asyncProperty(aPair, aPair, fc.boolean(), async (a, b, onlyEvents) => {
        fc.pre(a < b);
        const swapped = pairs().map((pair) => [...pair]);
        const [one, other] = [pairs()[a]!, pairs()[b]!];
        swapped[a] = onlyEvents ? [one[0], other[1]] : [...other];
        swapped[b] = onlyEvents ? [other[0], one[1]] : [...one];
        expect(await verdict(rebuilt(swapped))).toMatchObject({ verified: false, event: identity(a) });
      }),
      { numRuns: 60 },
    ));

  it('names the event that was added: a copy, or one with a new id', () =>
    fc.assert(
      fc.asyncProperty(aPair, aPair, fc.boolean(), async (source, at, isCopy) => {
        const [entry, event] = pairs()[source]!;
        const stream = isCopy ? identity(source).stream! : 'forged-1';
        const forged = [entry, event].map((text) => JSON.stringify({ ...JSON.parse(text), stream }));
        const added = isCopy ? [entry, event] : forged;
        const all = pairs().map((pair) => [...pair]);
        all.splice(at, 0, added);
        const found = await verdict(rebuilt(all));
        expect(found.verified).toBe(false);
        if (!isCopy || at > source) expect(found.event).toEqual({ ...identity(source), stream });
      }),
      { numRuns: 60 },
    ));

  it('names a changed event also when its maker signed everything around it anew', async () => {
    const changedAt = 7;
    async function* remade(): AsyncGenerator<ProvenEvent> {
      for (const [index, [entry, text]] of pairs().entries()) {
        const { position, revision, ...rest } = JSON.parse(text) as Record<string, string>;
        const place = { position: parsePosition(position!), revision: BigInt(revision!) };
        const change = index === changedAt ? { data: { note: 'forged' } } : {};
        const event = { ...rest, ...place, ...change } as unknown as RecordedEvent;
        const { proof } = JSON.parse(entry) as { proof: string[] };
        const hashes = proof.map((hash) => Buffer.from(hash, 'hex'));
        yield { event, index, leaf: leafHash(storedText(event)), proof: hashes };
      }
    }
    const { scope, asOf, exportedAt, checkpoint } = JSON.parse(lines[0]!) as BundleHead;
    const head = { scope, asOf, exportedAt, checkpoint };
    const made: string[] = [];
    for await (const line of bundleLines(head, remade(), key)) made.push(line);
    expect(made).toHaveLength(lines.length);
    expect(await verdict(made)).toMatchObject({ verified: false, event: identity(changedAt) });
  });

  it('is refused when head or seal are changed or missing', async () => {
    const head = Buffer.from(lines[0]!);
    for (const index of [5, 200, 500, head.length - 4]) {
      const changed = Buffer.from(head);
      changed[index]! ^= 1;
      const bytes = Buffer.concat([changed, Buffer.from('\n' + lines.slice(1).join('\n'))]);
      expect(await verdictOf(bytes)).toMatchObject({ verified: false, event: null });
    }
    expect(await verdict(lines.slice(0, -1))).toMatchObject({ verified: false });
    const seal = lines.at(-1)!.replace('"events":22', '"events":21');
    expect(await verdict([...lines.slice(0, -1), seal])).toMatchObject({ verified: false });
    expect(await verdict([...lines, lines[1]!])).toMatchObject({ verified: false });
  });
});
