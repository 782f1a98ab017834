import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent, RecordedEvent } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { applyErasures } from './apply-erasures';
import { UnownedPersonalData } from './domain/personal-data';
import { erasureStream } from './domain/erasure.events';
import { SealBroken } from './domain/sealed-part';
import { EmbeddedKeyStore } from './embedded-key-store';
import { ErasableEventStore } from './erasable-event-store';
import { KeyMissing } from './key-store';

const accountId = '1000000000000001';
const name = 'Zebediah Quux';
const text = { name, description: `of ${name}` };

const event = (type: string, data: unknown, id = newId()): NewEvent => ({
  id,
  type,
  data,
  metadata: { $correlationId: id, $causationId: id, actor: 't', accountId, command: 'C', schemaVersion: 1 },
});

describe('a log whose personal data is sealed', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let keys: EmbeddedKeyStore;
  let events: ErasableEventStore;
  const all = async (from: EventStore = events): Promise<RecordedEvent[]> => {
    const found: RecordedEvent[] = [];
    for await (const read of from.readAll()) found.push(read);
    return found;
  };
  const created = event('FlowLogCreated', { flowLogId: 'fl-1', text, settings: { vpcId: 'v' } });
  const step = event('ProcessStepTaken', {
    input: { id: '1', data: { flowLogId: 'fl-1', text } },
    commands: [{ commandId: 'c', vpcId: 'vpc-1', text: { description: `by ${name}` } }],
  });
  const body = JSON.stringify({ flowLogId: 'fl-1', ...text, status: 'Active' });
  const answered = event('RequestAnswered', { answer: { status: 201, headers: {}, body } });
  const subject = { accountId, name: 'flowLog-fl-1' };
  const inFiles = (needle: string | Buffer) =>
    readdirSync(directory).filter((file) => readFileSync(join(directory, file)).includes(needle));

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'flowledger-erasure-'));
    log = await EmbeddedEventStore.open({ directory });
    keys = EmbeddedKeyStore.open(directory);
    events = new ErasableEventStore(log, keys);
    await events.append('flowLog-fl-1', 'no-stream', [created]);
    await events.append('delivery-fl-1', 'no-stream', [step]);
    await events.append('request-1', 'no-stream', [answered]);
  });
  afterEach(async () => {
    await keys.close();
    await log.close();
    rmSync(directory, { recursive: true });
  });

  it('reads as it was written, and holds no plain text on disk', async () => {
    expect((await all()).map(({ data }) => data)).toEqual([created.data, step.data, answered.data]);
    expect(inFiles(name)).toEqual([]);
    expect(inFiles('fl-1')).not.toEqual([]);
  });

  it('shows "erased" once the key is destroyed, and leaves the texts of others', async () => {
    await keys.destroy(await keys.keysOf(subject));
    const erased = { name: 'erased', description: 'erased' };
    const read = await all();
    expect(read[0]!.data).toEqual({ flowLogId: 'fl-1', text: erased, settings: { vpcId: 'v' } });
    expect(read[1]!.data).toMatchObject({
      input: { data: { text: erased } },
      commands: [{ text: { description: `by ${name}` } }],
    });
    const { answer } = read[2]!.data as { answer: { body: string } };
    expect(JSON.parse(answer.body)).toEqual({ flowLogId: 'fl-1', ...erased, status: 'Active' });
    expect(await all()).toEqual(read);
  });

  it('leaves no trace of a destroyed key in its files', async () => {
    const { key } = await keys.current(subject);
    expect(inFiles(key)).toEqual(['keys.db']);
    await keys.destroy(await keys.keysOf(subject));
    expect(inFiles(key)).toEqual([]);
  });

  it('recognises a repeated append, also after the erasure', async () => {
    const again = () => events.append('flowLog-fl-1', 'no-stream', [created]);
    expect((await again()).revision).toBe(0n);
    await keys.destroy(await keys.keysOf(subject));
    expect((await again()).revision).toBe(0n);
    expect(await all()).toHaveLength(3);
  });

  it('seals with a new key what is written after the erasure', async () => {
    await keys.destroy(await keys.keysOf(subject));
    const renamed = event('FlowLogRenamed', { flowLogId: 'fl-1', text: { name: 'new' } });
    await events.append('flowLog-fl-1', 0n as never, [renamed]);
    expect((await all()).at(-1)!.data).toEqual(renamed.data);
    expect((await all())[0]!.data).toMatchObject({ text: { name: 'erased' } });
  });

  it('reads events from before there were seals', async () => {
    const plain = event('FlowLogCreated', { flowLogId: 'fl-2', text });
    await log.append('flowLog-fl-2', 'no-stream', [plain]);
    expect((await all()).at(-1)!.data).toEqual(plain.data);
  });

  it('opens what a subscription hands over', async () => {
    for await (const message of events.subscribe()) {
      if (message.kind !== 'events') continue;
      expect(message.events[0]!.data).toEqual(created.data);
      break;
    }
  });

  it('destroys restored keys again at the next start, and those of an erasure that was cut short', async () => {
    const keyIds = await keys.keysOf(subject);
    const erased = event('SubjectErased', { subject: subject.name, accountId, keyIds });
    await events.append(erasureStream, 'no-stream', [erased]);
    await applyErasures(events, keys);
    expect(await keys.keysOf(subject)).toEqual([]);
    expect((await all())[0]!.data).toMatchObject({ text: { name: 'erased' } });
  });

  it('tells lost keys from destroyed ones', async () => {
    await keys.close();
    rmSync(join(directory, 'keys.db'));
    keys = EmbeddedKeyStore.open(directory);
    events = new ErasableEventStore(log, keys);
    await expect(all()).rejects.toThrow(KeyMissing);
  });

  it('does not open a seal that was moved to another event', async () => {
    const [stored] = await all(log);
    await log.append('flowLog-fl-3', 'no-stream', [event('FlowLogCreated', stored!.data)]);
    await expect(all()).rejects.toThrow(SealBroken);
  });

  it('stores no text that belongs to nobody', async () => {
    const unowned = event('Noted', { note: { text: { name } } });
    await expect(events.append('note-1', 'no-stream', [unowned])).rejects.toThrow(UnownedPersonalData);
    expect(await all()).toHaveLength(3);
  });

  it('makes one key for a subject that is asked for many times at once', async () => {
    const other = { accountId, name: 'vpc-9' };
    const made = await Promise.all(Array.from({ length: 20 }, () => keys.current(other)));
    expect(new Set(made.map(({ keyId }) => keyId)).size).toBe(1);
  });
});
