import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Clock } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import type { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { appendInTurn, happened, openLog } from '../testing';
import { AuditLogAltered, CheckpointLog } from './checkpoint-log';
import { checkpointFlaw, checkpointHash, signCheckpoint } from './domain/checkpoint';
import { checkpointStream } from './domain/checkpoint.events';
import type { SignedCheckpoint } from './domain/checkpoint.events';
import { leafHash, storedText } from './domain/event-hashes';
import { MerkleEdge } from './domain/merkle-edge';
import { SigningKey, SigningKeyUnusable } from './signing-key';

class HeldClock extends Clock {
  milliseconds = Date.parse('2026-03-01T00:00:00.000Z');
  epochMilliseconds = (): number => this.milliseconds;
}

describe('the checkpoints of a log', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let key: SigningKey;
  let clock: HeldClock;
  const rules = { everyEvents: 5, everyMilliseconds: 60_000 };
  const opened = () => new CheckpointLog(log, key, clock, rules);
  const all = async (stream?: string): Promise<RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const event of stream ? log.readStream(stream) : log.readAll()) found.push(event);
    return found;
  };
  const signed = async () => (await all(checkpointStream)).map(({ data }) => data as SignedCheckpoint);

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'flowledger-audit-'));
    log = await openLog(directory);
    key = SigningKey.open(directory);
    clock = new HeldClock();
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  it('are signed when enough events have come', async () => {
    const checkpoints = opened();
    await appendInTurn(log, ['a-1', 'a-2'], 4);
    await checkpoints.turn();
    expect(await signed()).toEqual([]);
    await appendInTurn(log, ['a-1'], 1);
    await checkpoints.turn();
    expect(await signed()).toMatchObject([{ treeSize: 5, position: '5', previous: null, keyId: key.keyId }]);
  });

  it('are signed when an event has waited long enough, and never of themselves', async () => {
    const checkpoints = opened();
    await appendInTurn(log, ['a-1'], 1);
    await checkpoints.turn();
    clock.milliseconds += rules.everyMilliseconds;
    await checkpoints.turn();
    clock.milliseconds += rules.everyMilliseconds;
    await checkpoints.turn();
    expect(await signed()).toHaveLength(1);
  });

  it('cover every event before them, also the checkpoint before', async () => {
    const checkpoints = opened();
    await appendInTurn(log, ['a-1'], 2);
    const first = await checkpoints.upToDate();
    await appendInTurn(log, ['a-1'], 2);
    const second = await checkpoints.upToDate();
    const edge = new MerkleEdge();
    for (const event of (await all()).slice(0, 5)) edge.append(leafHash(storedText(event)));
    expect(second).toMatchObject({ treeSize: 5, root: edge.root().toString('hex') });
    expect(second!.previous).toBe(checkpointHash(first!));
    expect(checkpointFlaw(second!)).toBeUndefined();
    expect(await checkpoints.upToDate()).toEqual(second);
  });

  it('go on after a restart as if there had been none', async () => {
    await appendInTurn(log, ['a-1'], 7);
    await opened().upToDate();
    await appendInTurn(log, ['a-1'], 4);
    const resumed = await opened().upToDate();
    const edge = new MerkleEdge();
    for (const event of (await all()).slice(0, 12)) edge.append(leafHash(storedText(event)));
    expect(resumed).toMatchObject({ treeSize: 12, root: edge.root().toString('hex') });
  });

  it('are signed once when two processes sign at the same time', async () => {
    await appendInTurn(log, ['a-1'], 5);
    const late = new HeldClock();
    late.milliseconds += 1;
    await Promise.all([opened().turn(), new CheckpointLog(log, key, late, rules).turn()]);
    expect(await signed()).toHaveLength(1);
  });

  it('are not continued from one that nobody signed', async () => {
    await appendInTurn(log, ['a-1'], 1);
    const genuine = signCheckpoint(
      new MerkleEdge(1, [leafHash('another event')]),
      { position: '1', previous: null, signedAt: clock.now() },
      key,
    );
    const forged = { ...happened(''), data: { ...genuine, treeSize: 2 } };
    await log.append(checkpointStream, 'no-stream', [forged]);
    await expect(opened().turn()).rejects.toThrow(AuditLogAltered);
  });
});

describe('a signing key', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'flowledger-audit-key-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const file = () => join(directory, 'audit-key.pem');

  it('is made once, for its owner only, and never shows', () => {
    const key = SigningKey.open(directory);
    expect(SigningKey.open(directory).keyId).toBe(key.keyId);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const secret = readFileSync(file(), 'utf8').split('\n')[1]!;
    expect(inspect(key, { depth: null })).not.toContain(secret);
  });

  it('is refused by name when its file holds something else', () => {
    writeFileSync(file(), 'not a key');
    expect(() => SigningKey.open(directory)).toThrow(SigningKeyUnusable);
  });
});
