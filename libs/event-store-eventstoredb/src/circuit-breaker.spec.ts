import { CircuitBreaker, CircuitOpen } from './circuit-breaker';

const refused = new Error('refused');
const pause = { firstPauseMs: 1_000, longestPauseMs: 4_000 };

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

const failing = (times: number): CircuitBreaker => {
  const breaker = new CircuitBreaker(pause);
  for (let attempt = 0; attempt < times; attempt++) breaker.failed(breaker.admit(), refused);
  return breaker;
};

describe('a store that failed five times in a row', () => {
  it('is not asked again before the pause is over', () => {
    const breaker = failing(5);
    expect(() => breaker.admit()).toThrow(CircuitOpen);
    expect(() => breaker.admit()).toThrow(/nothing was sent.*try again in \d+ ms/);
  });

  it('is then asked once a pause, even if that one never comes back', () => {
    const breaker = failing(5);
    jest.advanceTimersByTime(1_000);
    breaker.admit();
    expect(() => breaker.admit()).toThrow(CircuitOpen);
    jest.advanceTimersByTime(1_000);
    breaker.admit();
  });

  it('is asked by everybody again after one success', () => {
    const breaker = failing(5);
    jest.advanceTimersByTime(1_000);
    breaker.admit();
    breaker.succeeded();
    expect(breaker.isOpen).toBe(false);
    breaker.admit();
    breaker.admit();
  });

  it('has longer and longer pauses, up to a bound', () => {
    const breaker = failing(5);
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      const open = (() => {
        try {
          breaker.assertClosed();
        } catch (error) {
          return (error as CircuitOpen).retryAfterMs;
        }
        return 0;
      })();
      waits.push(open);
      jest.advanceTimersByTime(4_000);
      breaker.failed(breaker.admit(), refused);
    }
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits[5]).toBeGreaterThanOrEqual(2_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_000);
  });
});

describe('a hundred attempts that fail together', () => {
  it('are one failure', () => {
    const breaker = new CircuitBreaker(pause);
    const tickets = Array.from({ length: 100 }, () => breaker.admit());
    for (const ticket of tickets) breaker.failed(ticket, refused);
    expect(breaker.isOpen).toBe(false);
  });

  it('do not undo a success that came after they had begun', () => {
    const breaker = failing(4);
    const late = breaker.admit();
    breaker.admit();
    breaker.succeeded();
    breaker.failed(late, refused);
    for (let attempt = 0; attempt < 4; attempt++) breaker.failed(breaker.admit(), refused);
    expect(breaker.isOpen).toBe(false);
  });
});
