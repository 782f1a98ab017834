import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@flowledger/event-sourcing';
import type { AnyProjection, NewEvent } from '@flowledger/event-sourcing';
import type { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { account, openLog } from '../../testing';
import { Explanations } from './explanations';

const orders = {
  readModel: { name: 'orders', version: 1, fields: [] },
  streamPrefixes: ['order-'],
  documentIds: ({ data }: { data: { orderId: string } }) => data.orderId,
} as unknown as AnyProjection;

const event = (
  type: string,
  data: unknown,
  cause: string,
  over: Partial<NewEvent['metadata']> = {},
): NewEvent => ({
  id: newId(),
  type,
  data,
  metadata: {
    $correlationId: 'request-1',
    $causationId: cause,
    actor: 'token-1',
    accountId: account,
    command: 'PlaceOrder',
    schemaVersion: 1,
    ...over,
  },
});

describe('the explanation of an order that a process ships', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  const sources = () => ({
    events: log,
    projections: [orders],
    processes: ['shipping'],
    categories: ['registry-'],
  });
  const reserved = event('OrderReserved', { orderId: 'o1' }, 'request-1');
  const placed = event('OrderPlaced', { orderId: 'o1' }, 'request-1', { traceId: 't', spanId: 's' });
  const bySystem = { actor: 'system:shipping', command: 'Ship' };
  const shipped = event('OrderShipped', { orderId: 'o1' }, placed.id, bySystem);
  const timers = [{ timerId: 'late', dueAt: '2026-03-01T00:00:00.000Z' }];
  const input = { id: placed.id, type: 'OrderPlaced' };
  const step = event(
    'ProcessStepTaken',
    { input, commands: [{ type: 'Ship' }], timers },
    placed.id,
    bySystem,
  );
  const refusal = { id: newId(), type: 'CommandRefused', data: { code: 'TooHeavy', detail: '9 kg' } };
  const refused = event('ProcessStepTaken', { input: refusal, commands: [], timers: [] }, newId(), bySystem);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'explain-'));
    log = await openLog(directory);
    await log.append(`registry-${account}`, 'any', [
      event('OrderReserved', { orderId: 'o2' }, 'request-2'),
      reserved,
    ]);
    await log.append('order-o1', 'any', [placed]);
    await log.append('shipping-o1', 'any', [step, refused]);
    await log.append('order-o1', 'any', [shipped]);
    await log.append('order-o3', 'any', [event('OrderPlaced', {}, 'x', { accountId: '2' })]);
  });
  afterAll(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  it('leads from the command through events and steps to what they caused', async () => {
    const found = await new Explanations(sources()).of(account, 'o1');
    expect(found).toMatchObject({ id: 'o1', events: 5, truncated: false });
    const [command, ...others] = found!.commands;
    expect(others).toEqual([]);
    expect(command).toMatchObject({
      command: 'PlaceOrder',
      actor: 'token-1',
      correlationId: 'request-1',
      causationId: 'request-1',
      events: [
        { type: 'OrderReserved', documents: [], steps: [], caused: [] },
        {
          type: 'OrderPlaced',
          documents: [{ readModel: 'orders', id: 'o1' }],
          steps: [
            { input: 'OrderPlaced', commands: ['Ship'], timers, problem: null },
            { input: 'CommandRefused', commands: [], problem: 'TooHeavy: 9 kg' },
          ],
          caused: [{ command: 'Ship', actor: 'system:shipping', events: [{ type: 'OrderShipped' }] }],
        },
      ],
    });
  });

  it('says when it does not tell everything', async () => {
    const found = await new Explanations({ ...sources(), mostEvents: 2 }).of(account, 'o1');
    expect(found).toMatchObject({ truncated: true });
  });

  it('does not exist for what the account does not have', async () => {
    const explanations = new Explanations(sources());
    expect(await explanations.of(account, 'o3')).toBeUndefined();
    expect(await explanations.of(account, 'none')).toBeUndefined();
  });
});
