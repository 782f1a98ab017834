import { AggregateStore, everyAccount, newId, patience } from '@flowledger/event-sourcing';
import type { CommandFailure, FailureAnswer } from '@flowledger/event-sourcing';
import { blockedProcesses } from './blocked-processes';
import { releaseCommand, takeParkedInputs } from './process-orders';
import { ShippingDesk, shipping, until } from '../testing/shipping-desk';
import type { Ship, Shipping } from '../testing/shipping-desk';

const answering = (onFailure: (failure: CommandFailure<Ship>) => FailureAnswer<Ship>): Shipping => ({
  ...shipping,
  onFailure: (_, failure) => onFailure(failure),
});
const operator = () => ({
  commandId: newId(),
  correlationId: newId(),
  causationId: newId(),
  actor: 'token-1',
  accountId: '1000000000000001',
});

describe('a command of a process manager that fails', () => {
  let desk: ShippingDesk;
  beforeEach(async () => {
    desk = await ShippingDesk.open();
  });
  afterEach(() => desk.close());
  const failing = (order: string, times = Infinity): void => {
    desk.send = (name) => {
      if (name === order && times-- > 0) throw new Error(`no ${order}`);
    };
  };
  const sent = () => desk.sent.map(({ order }) => order);
  const blocked = async () => {
    await desk.runner.reached((await desk.log.head())!, 20_000);
    return (await desk.readModels.find(blockedProcesses, everyAccount, { limit: 10 })).items;
  };
  const tries: FailureAnswer<Ship> = { answer: 'retry', afterMilliseconds: 0 };

  it('is tried again at once, each attempt an event, and what had to wait follows in order', async () => {
    failing('a', 2);
    desk.start([answering(() => tries)]);
    await desk.order({ order: 'a' }, { order: 'a' });
    await until(async () => (await desk.types('a')).includes('CommandsResumed'));
    expect(sent()).toHaveLength(4);
    expect(await desk.types('a')).toEqual([
      'StepTaken',
      'StepTaken',
      'CommandFailed',
      'CommandFailed',
      'CommandsResumed',
    ]);
    expect(new Set(desk.sent.slice(0, 3).map(({ commandId }) => commandId)).size).toBe(1);
    const attempts = (await desk.stream('a')).flatMap(({ data }) =>
      'attempt' in data ? [data.attempt] : [],
    );
    expect(attempts).toEqual([1, 2]);
    await until(async () => (await blocked()).length === 0);
  });

  it('holds back its own instance and no other', async () => {
    failing('a');
    desk.start([answering(() => ({ answer: 'stop' }))]);
    await desk.order({ order: 'a' }, { order: 'b' });
    await desk.order({ order: 'a' }, { order: 'c' });
    await desk.settled();
    expect(sent().sort()).toEqual(['a', 'b', 'c']);
  });

  it('waits for its time over a restart', async () => {
    failing('a', 1);
    const slow = answering(() => ({ answer: 'retry', afterMilliseconds: 300 }));
    const runtime = desk.start([slow]);
    await desk.order({ order: 'a' });
    await desk.settled();
    await runtime.stop();
    expect(await blocked()).toMatchObject([{ status: 'retrying', instance: 'a', command: { attempts: 1 } }]);
    desk.start([slow]);
    await until(() => sent().length === 2);
    await desk.settled();
    await until(async () => (await blocked()).length === 0);
  });

  it('is skipped when its process manager says so', async () => {
    failing('a', 1);
    desk.start([answering(() => ({ answer: 'skip' }))]);
    await desk.order({ order: 'a' }, { order: 'a' });
    await until(() => sent().length === 2);
    await desk.settled();
    expect(new Set(desk.sent.map(({ commandId }) => commandId)).size).toBe(2);
    await until(async () => (await blocked()).length === 0);
  });

  it('is replaced by other commands, which fail and are answered like it', async () => {
    let failures = 0;
    desk.send = () => {
      if (failures++ < 2) throw new Error('no');
    };
    const instead: FailureAnswer<Ship> = { answer: 'instead', commands: [{ type: 'Ship', order: 'b' }] };
    desk.start([answering(({ attempt }) => (attempt === 1 ? instead : tries))]);
    await desk.order({ order: 'a' });
    await until(() => sent().length === 3);
    await desk.settled();
    expect(sent()).toEqual(['a', 'b', 'b']);
    expect(desk.sent[1]!.commandId).toBe(desk.sent[2]!.commandId);
    await until(async () => (await blocked()).length === 0);
  });

  it.each(['retry', 'skip'] as const)('is a dead letter until an operator says %s', async (answer) => {
    failing('a', 1);
    const stopping = answering(() => ({ answer: 'stop' }));
    const runtime = desk.start([stopping]);
    await desk.order({ order: 'a' }, { order: 'a' });
    await desk.settled();
    await runtime.stop();
    desk.start([stopping]);
    await desk.settled();
    expect(sent()).toEqual(['a']);
    const [dead] = await blocked();
    expect(dead).toMatchObject({ status: 'stopped', command: { reason: 'Error: no a' } });
    const { commandId } = dead!.command!;
    await releaseCommand(new AggregateStore(desk.log), stopping, 'a', { commandId, answer }, operator());
    await until(() => sent().length === (answer === 'retry' ? 3 : 2));
    await until(async () => (await blocked()).length === 0);
    const ids = desk.sent.map((one) => one.commandId);
    expect(ids.filter((id) => id === commandId)).toHaveLength(answer === 'retry' ? 2 : 1);
  });

  it('is tried ten times and then left to an operator when nothing is said about it', () => {
    const answers = Array.from({ length: 10 }, (_, index) => patience({ attempt: index + 1 }));
    expect(answers.at(-1)).toEqual({ answer: 'stop' });
    const waits = answers.flatMap((one) => (one.answer === 'retry' ? [one.afterMilliseconds] : []));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
});

describe('an input that a process manager cannot deal with', () => {
  it('is parked with the later ones of its instance, and taken in order once the code is mended', async () => {
    const desk = await ShippingDesk.open();
    try {
      const broken: Shipping = {
        ...shipping,
        react: (seen, input) => {
          if (input.type === 'Ordered' && input.data.order === 'a' && seen === 2) throw new Error('third?');
          return shipping.react(seen, input);
        },
      };
      const runtime = desk.start([broken]);
      await desk.order({ order: 'a' }, { order: 'a' }, { order: 'a' }, { order: 'b' });
      await desk.settled();
      expect(await desk.types('a')).toEqual(['StepTaken', 'InputParked', 'InputParked']);
      expect(await desk.types('b')).toEqual(['StepTaken']);
      await runtime.stop();
      await desk.runner.reached((await desk.log.head())!, 20_000);
      const [parked] = (await desk.readModels.find(blockedProcesses, everyAccount, { limit: 10 })).items;
      expect(parked).toMatchObject({ status: 'parked', parkedInputs: 2, parkedReason: 'Error: third?' });

      const aggregates = new AggregateStore(desk.log);
      expect(await takeParkedInputs(aggregates, broken, 'a', operator())).toBe(0);
      expect(await takeParkedInputs(aggregates, shipping, 'a', operator())).toBe(2);
      desk.start([shipping]);
      await until(() => desk.sent.length === 4);
      await desk.settled();
      expect(await desk.inputs('a')).toEqual(['Ordered', 'Ordered', 'Ordered']);
      await desk.runner.reached((await desk.log.head())!, 20_000);
      expect(await desk.readModels.count(blockedProcesses, everyAccount)).toBe(0);
    } finally {
      await desk.close();
    }
  });
});
