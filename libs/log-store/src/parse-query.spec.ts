import * as fc from 'fast-check';
import { entryFieldNames } from '@flowledger/flow-record';
import { QueryNotSupported } from './log-store.errors';
import { parseQuery } from './parse-query';

function positionOf(text: string): number {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof QueryNotSupported) return error.position;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('a query', () => {
  it.each(['', '   ', '*', ' * '])('%j asks for everything', (text) => expect(parseQuery(text)).toEqual([]));

  it('names fields and values, joined by and', () => {
    expect(parseQuery('eni-id:eni-1 and srcport : 443 AND *')).toEqual([
      { field: 'eni-id', value: 'eni-1' },
      { field: 'srcport', value: '443' },
    ]);
  });

  it('takes IPv6 addresses as they are', () => {
    expect(parseQuery('dstaddr:2001:db8::1')).toEqual([{ field: 'dstaddr', value: '2001:db8::1' }]);
  });

  it('takes any text between double quotes', () => {
    const value = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...entryFieldNames), value, (field, text) => {
        const quoted = `"${text.replace(/[\\"]/g, '\\$&')}"`;
        expect(parseQuery(`${field}:${quoted}`)).toEqual([{ field, value: text }]);
      }),
    );
  });

  it.each([
    ['srcaddr:1.2.3.4 or action:ACCEPT', 16],
    ['not action:ACCEPT', 0],
    ['(action:ACCEPT)', 0],
    ['action:ACC*', 7],
    ['bytes in [1 2]', 0],
    ['ssh', 0],
    ['* | select 1', 2],
    ['action:ACCEPT and', 17],
    ['nope:1', 0],
    ['action:', 7],
    ['action:"ACCEPT', 7],
    ['action:ACCEPT srcport:1', 14],
  ])('%j is refused at %i', (text, position) => expect(positionOf(text)).toBe(position));

  it('either parses or says what it does not support', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          parseQuery(text);
        } catch (error) {
          expect(error).toBeInstanceOf(QueryNotSupported);
        }
      }),
    );
  });
});
