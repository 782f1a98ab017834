import { CommandPressure, limitsPassed, secondsToRecover } from './command-pressure';
import type { ConsumerSignals } from './signals';

const limits = {
  lagSeconds: 60,
  parkedEvents: 10,
  blockedProcesses: 5,
  spoolBytes: 1_000,
  commandsInFlight: 8,
};
const consumer = (change: Partial<ConsumerSignals> = {}): ConsumerSignals => ({
  consumer: 'projections',
  lagSeconds: 0,
  lagPositions: 0,
  leaseSecondsLeft: 1,
  restartsPerHour: 0,
  denied: 0,
  generation: 1,
  lastEventsGone: 0,
  ...change,
});
const well = {
  consumers: [consumer()],
  parked: { sequences: 0, events: 0, oldestSeconds: 0 },
  spool: { entries: 0, bytes: 0, oldestSeconds: 0 },
};

describe('what piles up', () => {
  it.each([
    ['lag', 61, { ...well, consumers: [consumer(), consumer({ lagSeconds: 61 })] }],
    ['parked', 11, { ...well, parked: { sequences: 1, events: 11, oldestSeconds: 1 } }],
    ['pending-effects', 6, { ...well, consumers: [consumer({ blockedInstances: 6 })] }],
    ['spool', 951, { ...well, spool: { entries: 1, bytes: 951, oldestSeconds: 1 } }],
  ])('is told beyond its limit: %s', (reason, value, signals) => {
    expect(limitsPassed(well, limits)).toEqual([]);
    expect(limitsPassed(signals, limits)).toEqual([expect.objectContaining({ reason, value })]);
  });
});

describe('the time to recover', () => {
  it.each([
    ['is estimated from how fast the value falls', { at: 0, value: 100 }, { at: 1_000, value: 90 }, 3],
    ['is never shorter than a second', { at: 0, value: 1_000 }, { at: 1_000, value: 61 }, 1],
    ['is a minute while it grows', { at: 0, value: 70 }, { at: 1_000, value: 71 }, 60],
    ['is a guess at the first look', { at: 0, value: 70 }, { at: 0, value: 70 }, 10],
  ])('%s', (_, before, now, seconds) => {
    expect(secondsToRecover(before, now, 60)).toBe(seconds);
  });
});

describe('the pressure on commands', () => {
  it('is looked at once a second, however many commands ask', () => {
    let now = 0;
    let looks = 0;
    const signals = () => {
      looks++;
      return { ...well, consumers: [consumer({ lagSeconds: 100 - now / 100 })] };
    };
    const pressure = new CommandPressure(signals, limits, () => now);
    for (let n = 0; n < 50; n++) pressure.exceeded();
    expect([looks, pressure.refusing]).toEqual([1, 'lag 100 seconds of 60']);
    now = 1_000;
    expect(pressure.exceeded()).toEqual([expect.objectContaining({ value: 90, retryAfterSeconds: 3 })]);
    expect(looks).toBe(2);
  });
});
