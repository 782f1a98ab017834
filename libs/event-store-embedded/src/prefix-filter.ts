/** SQL and parameters that hold for streams whose name begins with one of the prefixes, by ranges of the index. */
export class PrefixFilter {
  readonly ranges: readonly { readonly sql: string; readonly parameters: readonly string[] }[];

  constructor(prefixes: readonly string[]) {
    this.ranges = [...new Set(prefixes)].map((prefix) => {
      const end = successor(prefix);
      return end === undefined
        ? { sql: 'stream >= ?', parameters: [prefix] }
        : { sql: 'stream >= ? AND stream < ?', parameters: [prefix, end] };
    });
  }

  get where(): string {
    return this.ranges.length ? this.ranges.map(({ sql }) => `(${sql})`).join(' OR ') : 'FALSE';
  }

  get parameters(): string[] {
    return this.ranges.flatMap(({ parameters }) => parameters);
  }
}

/** The first text in code point order (that of SQLite's BINARY over UTF-8) behind everything with this prefix. */
export function successor(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0)!);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // The surrogates are no characters of their own.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
