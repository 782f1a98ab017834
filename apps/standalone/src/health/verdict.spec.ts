import type { ConsumerSignals, HealthSignals } from './signals';
import { verdictOf } from './verdict';
import type { HealthLimits } from './verdict';

const limits: HealthLimits = {
  lagSeconds: 60,
  latencySeconds: 5,
  parkedEvents: 100,
  parkedSeconds: 3_600,
  blockedInstances: 10,
  restartsPerHour: 20,
  spoolBytes: 1_000,
};
const consumer: ConsumerSignals = {
  consumer: 'projections',
  position: '7',
  lagSeconds: 0,
  lagPositions: 0,
  owner: 'one',
  epoch: 3,
  leaseSecondsLeft: 8,
  state: 'live',
  restartsPerHour: 1,
  denied: 0,
  generation: 2,
  lastEventsGone: 0,
};
const well: HealthSignals = {
  measuredSecondsAgo: 0.5,
  periodSeconds: 1,
  head: { ageSeconds: 0.4, periodSeconds: 1, position: '7' },
  consumers: [consumer],
  parked: { sequences: 0, events: 0, oldestSeconds: 0 },
  faults: { unhandledRejections: 0, uncaughtExceptions: 0 },
  latency: { p50Seconds: 0.004, p99Seconds: 0.02, events: 40 },
  spool: { entries: 0, bytes: 0, oldestSeconds: 0 },
};
const without = <Key extends keyof ConsumerSignals>(...keys: Key[]) =>
  Object.fromEntries(
    Object.entries(consumer).filter(([key]) => !keys.includes(key as Key)),
  ) as unknown as ConsumerSignals;
const having = (change: Partial<ConsumerSignals>): Partial<HealthSignals> => ({
  consumers: [{ ...consumer, ...change }],
});
const red = (signals: HealthSignals) =>
  verdictOf(signals, limits)
    .signals.filter(({ state }) => state === 'red')
    .map(({ name, of }) => (of ? `${name} ${of}` : name));

describe('a service of which every signal is good', () => {
  it('is green, and shows each of them', () => {
    const { state, signals } = verdictOf(well, limits);
    expect(state).toBe('green');
    expect(signals.map(({ name }) => name)).toEqual([
      'measured',
      'head-probe-age',
      'lag',
      'owner',
      'failure',
      'fingerprint',
      'subscription',
      'parked',
      'faults',
      'faults',
      'append-to-visible',
      'spool',
    ]);
  });
});

describe('one signal that is bad', () => {
  it.each<[string, Partial<HealthSignals>, string[]]>([
    [
      'R6 nobody looks at the head, though the lag is 0',
      { head: { ...well.head, ageSeconds: 2.1 } },
      ['head-probe-age'],
    ],
    [
      'R7 nobody works for the projections',
      { consumers: [without('owner', 'epoch')] },
      ['owner projections'],
    ],
    ['R14 an event has waited for too long', having({ lagSeconds: 61 }), ['lag projections']],
    ['the last try failed', having({ failure: 'EventStoreUnavailable: away' }), ['failure projections']],
    [
      'R26 the log is another one',
      having({ failure: 'LogWentBack: projections was folded from another log' }),
      ['failure projections', 'fingerprint projections'],
    ],
    [
      'R3 the subscription is begun again and again',
      having({ restartsPerHour: 21 }),
      ['subscription projections'],
    ],
    ['effects wait', having({ blockedInstances: 11 }), ['blocked-processes projections']],
    ['much is parked', { parked: { sequences: 2, events: 101, oldestSeconds: 1 } }, ['parked']],
    [
      'little is parked, but for long',
      { parked: { sequences: 1, events: 1, oldestSeconds: 3_601 } },
      ['parked'],
    ],
    [
      'R43 a rejection was not handled',
      { faults: { unhandledRejections: 1, uncaughtExceptions: 0 } },
      ['faults unhandled rejection'],
    ],
    [
      'R43 an exception was not caught',
      { faults: { unhandledRejections: 0, uncaughtExceptions: 1 } },
      ['faults uncaught exception'],
    ],
    ['events show late', { latency: { p50Seconds: 1, p99Seconds: 5.1, events: 9 } }, ['append-to-visible']],
    ['the spool is full', { spool: { entries: 9, bytes: 1_001, oldestSeconds: 7 } }, ['spool']],
    ['health itself stands still', { measuredSecondsAgo: 6, measuringFailure: 'away' }, ['measured']],
  ])('makes it red by name: %s', (_, change, names) => {
    expect(red(well)).toEqual([]);
    expect(red({ ...well, ...change })).toEqual(names);
    expect(verdictOf({ ...well, ...change }, limits).state).toBe('red');
  });
});

describe('values at their limits', () => {
  it('are green', () => {
    const consumers = [{ ...consumer, lagSeconds: 60, restartsPerHour: 20, blockedInstances: 10 }];
    const at: HealthSignals = {
      ...well,
      consumers,
      head: { ...well.head, ageSeconds: 2 },
      parked: { sequences: 1, events: 100, oldestSeconds: 3_600 },
    };
    expect(red(at)).toEqual([]);
  });
});

describe('commands that are refused', () => {
  it('show, and are the consequence of a red signal, not one of their own', () => {
    const { state, signals } = verdictOf({ ...well, refusing: 'lag' }, limits);
    expect(state).toBe('green');
    expect(signals.at(-1)).toMatchObject({ name: 'back-pressure', state: 'information' });
  });
});
