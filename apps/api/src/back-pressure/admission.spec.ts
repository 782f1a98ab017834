import { problemOf } from '../http/problem';
import { Admission } from './admission';
import { Overloaded, TooManyCommands } from './overloaded';
import type { Exceeded } from './pressure';

const behind: Exceeded = { reason: 'lag', value: 75, limit: 60, unit: 'seconds', retryAfterSeconds: 12 };
const full: Exceeded = { reason: 'spool', value: 9, limit: 8, unit: 'bytes', retryAfterSeconds: 30 };
const under = (exceeded: readonly Exceeded[], mostCommandsInFlight = 2) =>
  new Admission({ mostCommandsInFlight, exceeded: () => exceeded });
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it was let in');
};

describe('a service below its limits', () => {
  it('lets in as many commands as may run at once, and the next when one has ended', () => {
    const admission = under([]);
    const ends = [admission.admit('log'), admission.admit('log')];
    expect(refusal(() => admission.admit('log'))).toBeInstanceOf(TooManyCommands);
    ends[0]!();
    ends[0]!();
    expect(admission.inFlight).toBe(1);
    admission.admit('log');
    expect(admission.refused).toEqual(new Map([['in-flight', 1]]));
  });
});

describe('a service that is too far behind', () => {
  it('refuses commands with the limit, the value, the reason and when to come again', () => {
    const admission = under([behind]);
    const error = refusal(() => admission.admit('log'));
    expect(error).toBeInstanceOf(Overloaded);
    expect(problemOf(error)).toMatchObject({
      status: 503,
      code: 'Overloaded',
      retryAfter: 12,
      reason: 'lag',
      value: 75,
      limit: 60,
      unit: 'seconds',
    });
    expect(admission).toMatchObject({ inFlight: 0, refused: new Map([['lag', 1]]) });
  });

  it('still lets in what makes it better', () => {
    expect(under([behind]).admit('relief')).toEqual(expect.any(Function));
  });
});

describe('a full spool', () => {
  it('keeps out what would fill it further, and not the commands that mend it', () => {
    const admission = under([full]);
    expect(refusal(() => admission.admit('spool'))).toBeInstanceOf(Overloaded);
    expect(admission.admit('log')).toEqual(expect.any(Function));
  });
});
