import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { AggregateStore } from './aggregate-store';
import type { CommandContext } from './aggregate-store';
import { SystemClock } from './clock';
import type { Event, RecordedEvent } from './event';
import { newId } from './event-ids';
import type { ProcessManager, ProcessStepTaken, SentCommand } from './process-manager';
import { ProcessManagerRuntime } from './process-manager-runtime';
import { processTimersProjection } from './process-timers.projection';
import { ProjectionRunner } from './projection-runner';
import { Rejected } from './rejected';

type Ordered = Event<'Ordered', { readonly order: string; readonly remindAt?: string }>;
type Ship = { readonly type: 'Ship'; readonly order: string };
class ShippingRejected extends Rejected<'OutOfStock'> {}

const shipping: ProcessManager<number, Ordered, Ship> = {
  name: 'shipping',
  streamPrefixes: ['order-'],
  correlate: ({ data }) => [data.order],
  initialState: () => 0,
  evolve: (seen) => seen + 1,
  react(_, input) {
    if (input.type !== 'Ordered') return {};
    const { order, remindAt } = input.data;
    return {
      commands: [{ type: 'Ship', order }],
      ...(remindAt && { timers: [{ timerId: 'reminder', dueAt: remindAt }] }),
    };
  },
};

describe('a process manager runtime', () => {
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  let runner: ProjectionRunner;
  const runtimes: ProcessManagerRuntime[] = [];
  let sent: { order: string; commandId: string; context: CommandContext }[];
  let send: (order: string) => void;
  let failures: unknown[];
  const unhandled = jest.fn();

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'process-managers-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
    runner = new ProjectionRunner({
      events: log,
      readModels,
      projections: [processTimersProjection('shipping')],
    });
    await runner.start();
    await runner.untilReady(20_000);
    sent = [];
    failures = [];
    send = () => undefined;
    unhandled.mockClear();
    process.on('unhandledRejection', unhandled);
  });
  afterEach(async () => {
    for (const runtime of runtimes.splice(0)) await runtime.stop();
    await runner.stop();
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  const started = async (processes = [shipping]): Promise<ProcessManagerRuntime> => {
    const runtime = new ProcessManagerRuntime({
      events: log,
      aggregates: new AggregateStore(log),
      readModels,
      clock: new SystemClock(),
      processes,
      send: async (command: SentCommand, context) => {
        const { order } = command as unknown as Ship;
        sent.push({ order, commandId: command.commandId, context });
        send(order);
      },
      readModelsReached: async (position) => {
        if (!(await runner.reached(position, 20_000))) throw new Error('The read models are behind');
      },
      onFailure: (error) => failures.push(error),
      backOff: { firstMilliseconds: 1, longestMilliseconds: 4 },
    });
    runtimes.push(runtime);
    await runtime.start();
    return runtime;
  };
  const order = (...orders: { order: string; remindAt?: string }[]) =>
    log.append(
      'order-1',
      'any',
      orders.map((data) => ({
        id: newId(),
        type: 'Ordered',
        data,
        metadata: {
          $correlationId: newId(),
          $causationId: newId(),
          actor: 'token-1',
          accountId: '1000000000000001',
          command: 'Order',
          schemaVersion: 1,
        },
      })),
    );
  const steps = async (instance: string): Promise<RecordedEvent<ProcessStepTaken>[]> => {
    const events: RecordedEvent[] = [];
    for await (const event of log.readStream(`shipping-${instance}`)) events.push(event);
    return events as RecordedEvent<ProcessStepTaken>[];
  };
  const inputs = async (instance: string) => (await steps(instance)).map(({ data }) => data.input.type);
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
  };
  /** Everything of the log has been handled. */
  const settled = () =>
    until(async () => {
      const checkpoint = (await readModels.checkpoint('process-managers'))?.position.commit;
      return checkpoint === (await log.head())?.commit;
    });

  it('records an input once though it is delivered twice, and sends on behalf of its account', async () => {
    await order({ order: 'a' });
    const runtime = await started();
    await settled();
    await runtime.stop();
    await readModels.drop('process-managers', []);
    await started();
    await settled();
    expect(await inputs('a')).toEqual(['Ordered']);
    const [first, again] = sent;
    expect(sent).toHaveLength(2);
    expect(again!.commandId).toBe(first!.commandId);
    expect(first!.context).toMatchObject({
      commandId: first!.commandId,
      actor: 'system:shipping',
      accountId: '1000000000000001',
    });
  });

  it('sends again, with the same ids, what a failure kept from being sent', async () => {
    let failing = 1;
    send = () => {
      if (failing-- > 0) throw new Error('not now');
    };
    await order({ order: 'a' });
    const runtime = await started();
    await settled();
    expect(failures).toEqual([new Error('not now')]);
    expect(sent).toHaveLength(2);
    expect(sent[1]!.commandId).toBe(sent[0]!.commandId);
    expect(await inputs('a')).toEqual(['Ordered']);
    expect(runtime.lastFailure).toBeUndefined();
  });

  it('sends after a restart what was recorded, and passes no step whose commands were not carried out', async () => {
    send = () => {
      throw new Error('down');
    };
    await order({ order: 'a' });
    const runtime = await started();
    await until(() => failures.length > 1);
    await runtime.stop();
    const [step] = await steps('a');
    const reached = (await readModels.checkpoint('process-managers'))?.position.commit ?? 0n;
    expect(reached).toBeLessThan(step!.position.commit);
    send = () => undefined;
    await started();
    await settled();
    expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(1);
    expect(await inputs('a')).toEqual(['Ordered']);
  });

  it('is told once that a command was refused', async () => {
    send = () => {
      throw new ShippingRejected('OutOfStock', 'none left');
    };
    await order({ order: 'a' });
    const runtime = await started();
    await settled();
    await runtime.stop();
    await readModels.drop('process-managers', []);
    await started();
    await settled();
    expect(await inputs('a')).toEqual(['Ordered', 'CommandRefused']);
    expect((await steps('a'))[1]!.data.input.data).toEqual({
      commandType: 'Ship',
      code: 'OutOfStock',
      detail: 'none left',
    });
  });

  it('sends for the other instances when the commands of one fail', async () => {
    const done = new Set<string>();
    let down = true;
    send = (name) => {
      if (name === 'a' && down) throw new Error('a is down');
      done.add(name);
    };
    await order({ order: 'a' }, { order: 'b' }, { order: 'c' });
    await started();
    await until(() => failures.length > 0 && done.size === 2);
    down = false;
    await settled();
    expect([...done].sort()).toEqual(['a', 'b', 'c']);
  });

  it('keeps the order of an instance: nothing is sent after what failed before it', async () => {
    await order({ order: 'a' });
    const runtime = await started();
    await settled();
    await order({ order: 'a' });
    await settled();
    await runtime.stop();
    const [first, second] = sent.splice(0).map(({ commandId }) => commandId);
    await readModels.drop('process-managers', []);
    let failing = 1;
    send = () => {
      if (failing-- > 0) throw new Error('not now');
    };
    await started();
    await settled();
    expect(sent.map(({ commandId }) => commandId)).toEqual([first, first, second]);
  });

  it('leaves nothing half done when an event cannot be correlated', async () => {
    let failing = 1;
    const puzzled: typeof shipping = {
      ...shipping,
      correlate: async ({ data }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (data.order === 'b' && failing-- > 0) throw new Error('who is b?');
        return [data.order];
      },
    };
    await order({ order: 'a' }, { order: 'b' });
    await started([puzzled]);
    await settled();
    expect(failures).toEqual([new Error('who is b?')]);
    expect(await inputs('b')).toEqual(['Ordered']);
  });

  it('sends nothing of a page before every event of it is correlated', async () => {
    await order({ order: 'a' });
    const first = await started();
    await settled();
    await first.stop();
    await order({ order: 'b' });
    await readModels.drop('process-managers', []);
    const trace: string[] = [];
    send = (name) => trace.push(`sent ${name}`);
    const slow: typeof shipping = {
      ...shipping,
      correlate: async ({ data }) => {
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
        trace.push(`correlated ${data.order}`);
        return [data.order];
      },
    };
    await started([slow]);
    await settled();
    expect(trace).toEqual(['correlated a', 'correlated b', 'sent a', 'sent b']);
  });

  it('fires a timer once, at once when it was due before the start', async () => {
    await order({ order: 'a', remindAt: '2020-01-01T00:00:00.000Z' });
    await started();
    await until(async () => (await steps('a')).length === 2);
    await settled();
    expect(await inputs('a')).toEqual(['Ordered', 'TimerFired']);
    expect((await steps('a'))[1]!.data.input).toMatchObject({
      at: '2020-01-01T00:00:00.000Z',
      data: { timerId: 'reminder' },
    });
  });

  it('fires after a restart a timer that was set before, from the read model', async () => {
    const dueAt = new Date(Date.now() + 700).toISOString();
    await order({ order: 'a', remindAt: dueAt });
    const runtime = await started();
    await settled();
    await runtime.stop();
    expect(await inputs('a')).toEqual(['Ordered']);
    await runner.reached((await log.head())!, 20_000);
    await started();
    await until(async () => (await steps('a')).length === 2);
    expect(await inputs('a')).toEqual(['Ordered', 'TimerFired']);
  });
});
