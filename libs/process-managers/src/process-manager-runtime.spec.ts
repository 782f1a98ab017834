import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import type { ProcessStepTaken, RecordedEvent } from '@flowledger/event-sourcing';
import { ShippingDesk, ShippingRejected, shipping, until } from '../testing/shipping-desk';
import type { Shipping } from '../testing/shipping-desk';

describe('a process manager runtime', () => {
  let desk: ShippingDesk;
  const unhandled = jest.fn();

  beforeEach(async () => {
    desk = await ShippingDesk.open();
    unhandled.mockClear();
    process.on('unhandledRejection', unhandled);
  });
  afterEach(async () => {
    await desk.close();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
  const steps = async (instance: string) =>
    (await desk.stream(instance)) as RecordedEvent<ProcessStepTaken>[];

  it('records an input once though it is delivered twice, and sends on behalf of its account', async () => {
    await desk.order({ order: 'a' });
    const runtime = desk.start();
    await desk.settled();
    await runtime.stop();
    await desk.readModels.drop('process-managers', []);
    desk.start();
    await desk.settled();
    expect(await desk.inputs('a')).toEqual(['Ordered']);
    const [first, again] = desk.sent;
    expect(desk.sent).toHaveLength(2);
    expect(again!.commandId).toBe(first!.commandId);
    expect(first!.context).toMatchObject({
      commandId: first!.commandId,
      actor: 'system:shipping',
      accountId: '1000000000000001',
    });
  });

  it('sends again, with the same ids, what trouble with the store kept from being sent', async () => {
    let failing = 1;
    desk.send = () => {
      if (failing-- > 0) throw new EventStoreUnavailable('not now');
    };
    await desk.order({ order: 'a' });
    const runtime = desk.start();
    await desk.settled();
    expect(desk.failures).toEqual([new EventStoreUnavailable('not now')]);
    expect(desk.sent).toHaveLength(2);
    expect(desk.sent[1]!.commandId).toBe(desk.sent[0]!.commandId);
    expect(await desk.inputs('a')).toEqual(['Ordered']);
    expect(runtime.lastFailure).toBeUndefined();
  });

  it('sends after a restart what was recorded, and passes no step whose commands were not carried out', async () => {
    desk.send = () => {
      throw new EventStoreUnavailable('down');
    };
    await desk.order({ order: 'a' });
    const runtime = desk.start();
    await until(() => desk.failures.length > 1);
    await runtime.stop();
    const [step] = await steps('a');
    const reached = (await desk.readModels.checkpoint('process-managers'))?.position.commit ?? 0n;
    expect(reached).toBeLessThan(step!.position.commit);
    desk.send = () => undefined;
    desk.start();
    await desk.settled();
    expect(new Set(desk.sent.map(({ commandId }) => commandId)).size).toBe(1);
    expect(await desk.inputs('a')).toEqual(['Ordered']);
  });

  it('is told once that a command was refused', async () => {
    desk.send = () => {
      throw new ShippingRejected('OutOfStock', 'none left');
    };
    await desk.order({ order: 'a' });
    const runtime = desk.start();
    await desk.settled();
    await runtime.stop();
    await desk.readModels.drop('process-managers', []);
    desk.start();
    await desk.settled();
    expect(await desk.inputs('a')).toEqual(['Ordered', 'CommandRefused']);
    expect((await steps('a'))[1]!.data.input.data).toEqual({
      commandType: 'Ship',
      code: 'OutOfStock',
      detail: 'none left',
    });
  });

  it('sends for the other instances when the commands of one fail', async () => {
    const done = new Set<string>();
    let down = true;
    desk.send = (name) => {
      if (name === 'a' && down) throw new EventStoreUnavailable('a is down');
      done.add(name);
    };
    await desk.order({ order: 'a' }, { order: 'b' }, { order: 'c' });
    desk.start();
    await until(() => desk.failures.length > 0 && done.size === 2);
    down = false;
    await desk.settled();
    expect([...done].sort()).toEqual(['a', 'b', 'c']);
  });

  it('keeps the order of an instance: nothing is sent after what failed before it', async () => {
    await desk.order({ order: 'a' });
    const runtime = desk.start();
    await desk.settled();
    await desk.order({ order: 'a' });
    await desk.settled();
    await runtime.stop();
    const [first, second] = desk.sent.splice(0).map(({ commandId }) => commandId);
    await desk.readModels.drop('process-managers', []);
    let failing = 1;
    desk.send = () => {
      if (failing-- > 0) throw new EventStoreUnavailable('not now');
    };
    desk.start();
    await desk.settled();
    expect(desk.sent.map(({ commandId }) => commandId)).toEqual([first, first, second]);
  });

  it('leaves nothing half done when an event cannot be correlated', async () => {
    let failing = 1;
    const puzzled: Shipping = {
      ...shipping,
      correlate: async ({ data }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (data.order === 'b' && failing-- > 0) throw new Error('who is b?');
        return [data.order];
      },
    };
    await desk.order({ order: 'a' }, { order: 'b' });
    desk.start([puzzled]);
    await desk.settled();
    expect(desk.failures).toEqual([new Error('who is b?')]);
    expect(await desk.inputs('b')).toEqual(['Ordered']);
  });

  it('sends nothing of a page before every event of it is correlated', async () => {
    await desk.order({ order: 'a' });
    const first = desk.start();
    await desk.settled();
    await first.stop();
    await desk.order({ order: 'b' });
    await desk.readModels.drop('process-managers', []);
    const trace: string[] = [];
    desk.send = (name) => trace.push(`sent ${name}`);
    const slow: Shipping = {
      ...shipping,
      correlate: async ({ data }) => {
        for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
        trace.push(`correlated ${data.order}`);
        return [data.order];
      },
    };
    desk.start([slow]);
    await desk.settled();
    expect(trace).toEqual(['correlated a', 'correlated b', 'sent a', 'sent b']);
  });

  it('fires a timer once, at once when it was due before the start', async () => {
    await desk.order({ order: 'a', remindAt: '2020-01-01T00:00:00.000Z' });
    desk.start();
    await until(async () => (await desk.stream('a')).length === 2);
    await desk.settled();
    expect(await desk.inputs('a')).toEqual(['Ordered', 'TimerFired']);
    expect((await steps('a'))[1]!.data.input).toMatchObject({
      at: '2020-01-01T00:00:00.000Z',
      data: { timerId: 'reminder' },
    });
  });

  it('fires after a restart a timer that was set before, from the read model', async () => {
    const dueAt = new Date(Date.now() + 700).toISOString();
    await desk.order({ order: 'a', remindAt: dueAt });
    const runtime = desk.start();
    await desk.settled();
    await runtime.stop();
    expect(await desk.inputs('a')).toEqual(['Ordered']);
    await desk.runner.reached((await desk.log.head())!, 20_000);
    desk.start();
    await until(async () => (await desk.stream('a')).length === 2);
    expect(await desk.inputs('a')).toEqual(['Ordered', 'TimerFired']);
  });
});
