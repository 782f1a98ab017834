import fc from 'fast-check';
import { PrefixFilter, successor } from './prefix-filter';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('the successor of a prefix', () => {
  it('lies behind every name with the prefix and not behind any other name after it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 });
    fc.assert(
      fc.property(text, text, (prefix, name) => {
        const end = successor(prefix);
        const inside =
          bytes(name).compare(bytes(prefix)) >= 0 &&
          (end === undefined || bytes(name).compare(bytes(end)) < 0);
        expect(inside).toBe(name.startsWith(prefix));
      }),
    );
    fc.assert(
      fc.property(text, text, (prefix, rest) => {
        const end = successor(prefix);
        expect(end === undefined || bytes(prefix + rest).compare(bytes(end)) < 0).toBe(true);
      }),
    );
  });

  it('skips the surrogates and the last code point', () => {
    expect(successor('a\ud7ff')).toBe('a\ue000');
    expect(successor('a\u{10ffff}')).toBe('b');
    expect(successor('\u{10ffff}')).toBeUndefined();
  });
});

describe('a filter without prefixes', () => {
  it('lets nothing through', () => expect(new PrefixFilter([]).where).toBe('FALSE'));
});
