import { Clock } from '@flowledger/event-sourcing';
import type { DoorOptions } from '../ports';
import { TooManyRequests } from './http-errors';
import { RateLimits } from './rate-limits';

class HeldClock extends Clock {
  time = 0;
  epochMilliseconds(): number {
    return this.time;
  }
}

const limitsOf = (requestsPerMinute: number, failedSignInsPerMinute: number) => {
  const clock = new HeldClock();
  const options = { requestsPerMinute, failedSignInsPerMinute } as DoorOptions;
  return { clock, limits: new RateLimits(clock, options) };
};

describe('a token at its limit', () => {
  it('waits until its minute is over', () => {
    const { clock, limits } = limitsOf(2, 1);
    limits.countRequest('a');
    clock.time = 45_000;
    limits.countRequest('a');
    const refusal = expect(() => limits.countRequest('a'));
    refusal.toThrow(TooManyRequests);
    refusal.toThrow('Try again in 15 s');
    clock.time = 60_000;
    expect(() => limits.countRequest('a')).not.toThrow();
  });
  it('is in nobody else’s way', () => {
    const { limits } = limitsOf(1, 1);
    limits.countRequest('a');
    expect(() => limits.countRequest('b')).not.toThrow();
  });
});

describe('an address that guesses', () => {
  it('may sign in until too many were wrong', () => {
    const { limits } = limitsOf(1, 2);
    limits.countFailedSignIn('10.0.0.1');
    expect(() => limits.assertMaySignIn('10.0.0.1')).not.toThrow();
    limits.countFailedSignIn('10.0.0.1');
    expect(() => limits.assertMaySignIn('10.0.0.1')).toThrow(TooManyRequests);
    expect(() => limits.assertMaySignIn('10.0.0.2')).not.toThrow();
  });
});
