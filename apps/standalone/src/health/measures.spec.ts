import { EventEmitter } from 'node:events';
import { LatencyWindow } from './latency-window';
import { ProcessFaults } from './process-faults';
import { Restarts } from './restarts';

describe('restarts of a subscription', () => {
  let now = 0;
  const restarts = () => new Restarts(() => now);

  it('are counted from the generations, and forgotten after an hour', () => {
    const counted = restarts();
    now = 0;
    counted.saw('c', 'one', 5);
    expect(counted.inLastHour('c')).toBe(0);
    now = 1_000;
    counted.saw('c', 'one', 8);
    expect(counted.inLastHour('c')).toBe(3);
    now = 3_601_001;
    expect(counted.inLastHour('c')).toBe(0);
  });

  it('are counted across owners, whose generations begin anew', () => {
    const counted = restarts();
    counted.saw('c', 'one', 5);
    counted.saw('c', 'two', 1);
    expect(counted.inLastHour('c')).toBe(1);
  });
});

describe('latencies', () => {
  it('give the median and the worst hundredth of the last minutes', () => {
    let now = 0;
    const window = new LatencyWindow(() => now);
    expect(window.read()).toBeUndefined();
    for (let n = 1; n <= 100; n++) window.add(n);
    expect(window.read()).toEqual({ p50Seconds: 50, p99Seconds: 99, events: 100 });
    now = 300_001;
    expect(window.read()).toBeUndefined();
  });
});

describe('faults that nobody caught', () => {
  it('are counted and told; only an exception ends the process', () => {
    const emitter = new EventEmitter() as unknown as NodeJS.Process;
    const faults = new ProcessFaults();
    const told: string[] = [];
    let ended = 0;
    const stop = faults.watch(
      emitter,
      (what) => told.push(what),
      () => ended++,
    );
    emitter.emit('unhandledRejection', new Error('a'), Promise.resolve());
    expect([faults.counts, ended]).toEqual([{ unhandledRejections: 1, uncaughtExceptions: 0 }, 0]);
    emitter.emit('uncaughtException', new Error('b'));
    expect([faults.counts, ended]).toEqual([{ unhandledRejections: 1, uncaughtExceptions: 1 }, 1]);
    expect(told).toEqual(['unhandled rejection', 'uncaught exception']);
    stop();
    expect(emitter.listenerCount('unhandledRejection')).toBe(0);
  });
});
