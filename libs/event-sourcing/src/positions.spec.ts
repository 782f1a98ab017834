import fc from 'fast-check';
import { fold } from './decider';
import { MalformedPosition } from './errors';
import { deterministicId, eventId, newId } from './event-ids';
import { comparePositions, formatPosition, logPosition, parsePosition } from './positions';

const half = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const position = fc.tuple(half, half).map(([commit, prepare]) => logPosition(commit, prepare));

describe('a position', () => {
  it('is read back as it was written', () => {
    fc.assert(fc.property(position, (one) => expect(parsePosition(formatPosition(one))).toEqual(one)));
    expect(formatPosition(logPosition(42))).toBe('42');
    expect(formatPosition(logPosition(42, 40))).toBe('42.40');
  });

  it('is ordered by commit, then by prepare', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        expect(comparePositions(a, b) + comparePositions(b, a)).toBe(0);
        if (a.commit < b.commit) expect(comparePositions(a, b)).toBeLessThan(0);
      }),
    );
    expect(comparePositions(logPosition(1, 2), logPosition(1, 3))).toBeLessThan(0);
    expect(comparePositions(logPosition(1), logPosition(1))).toBe(0);
  });

  it.each(['', '-1', '1.', '1.2.3', 'a', ' 1', '1'.repeat(21)])('is not "%s"', (text) => {
    expect(() => parsePosition(text)).toThrow(MalformedPosition);
  });
});

describe('an id', () => {
  it('follows from its name, in the form of a UUID of version 5', () => {
    expect(deterministicId('a')).toBe(deterministicId('a'));
    expect(deterministicId('a')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(new Set([deterministicId('a'), eventId('a', 0), eventId('a', 1), eventId('b', 0)]).size).toBe(4);
    expect(newId()).not.toBe(newId());
  });
});

describe('a fold', () => {
  it('begins with the initial state and takes the events in order', () => {
    const lengths = {
      initialState: () => '',
      evolve: (state: string, { data }: { type: string; data: string }) => state + data,
    };
    const events = ['a', 'b', 'c'].map((data) => ({ type: 'Said', data }));
    expect(fold(lengths, events)).toBe('abc');
    expect(fold(lengths, [])).toBe('');
  });
});
