import { InvalidArgumentError } from 'commander';
import { decimal, listed, tag, unixSeconds, wholeNumber } from './arguments';

const now = Date.parse('2026-08-05T10:00:00Z');

describe('a time on the command line', () => {
  it.each([
    ['1785900000', 1785900000],
    ['2026-08-05T09:59:59.900Z', now / 1000 - 1],
    ['2026-08-05T12:00:00+02:00', now / 1000],
    ['90s', now / 1000 - 90],
    ['15m', now / 1000 - 900],
    ['2h', now / 1000 - 7_200],
    ['3d', now / 1000 - 259_200],
  ])('reads %s', (text, seconds) => expect(unixSeconds(text, now)).toBe(seconds));

  it.each(['', 'yesterday', '-5', '5y', '2026-13-45T00:00:00Z', '1e9'])('refuses "%s"', (text) =>
    expect(() => unixSeconds(text, now)).toThrow(InvalidArgumentError),
  );
});

describe('numbers on the command line', () => {
  it('are whole where whole ones are needed', () => {
    expect(wholeNumber('42')).toBe(42);
    for (const text of ['4.2', '-1', '0x10', '', '1e3']) {
      expect(() => wholeNumber(text)).toThrow(InvalidArgumentError);
    }
  });

  it('may have a fraction elsewhere', () => {
    expect(decimal('0.05')).toBe(0.05);
    expect(() => decimal('.5.')).toThrow(InvalidArgumentError);
  });
});

describe('lists on the command line', () => {
  it('are comma separated or repeated', () => expect(listed(' c ,', listed('a,b'))).toEqual(['a', 'b', 'c']));

  it('of tags keep what follows the first equals sign', () => {
    expect(tag('team=net=ops', tag('env='))).toEqual([
      { key: 'env', value: '' },
      { key: 'team', value: 'net=ops' },
    ]);
    expect(() => tag('=x')).toThrow(InvalidArgumentError);
  });
});
