import { InvalidArgumentError } from 'commander';

/** `3600`. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}

/** `0.05`. @throws InvalidArgumentError */
export function decimal(text: string): number {
  if (!/^\d{1,15}(\.\d{1,15})?$/.test(text)) throw new InvalidArgumentError('A number is needed.');
  return Number(text);
}

/** `a,b` → ['a', 'b']; given again it adds. */
export const listed = (text: string, before: string[] = []): string[] => [
  ...before,
  ...text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
];

/** `key=value`; given again it adds. @throws InvalidArgumentError */
export function tag(
  text: string,
  before: { key: string; value: string }[] = [],
): { key: string; value: string }[] {
  const [key, ...value] = text.split('=');
  if (!key) throw new InvalidArgumentError('A tag is written key=value.');
  return [...before, { key, value: value.join('=') }];
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Unix seconds of `1785900000`, of an ISO 8601 time, or of `15m` (that long ago). @throws InvalidArgumentError */
export function unixSeconds(text: string, now: number = Date.now()): number {
  const ago = /^(\d{1,9})([smhd])$/.exec(text);
  if (ago) return Math.floor(now / 1000) - Number(ago[1]) * secondsOf[ago[2]!]!;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new InvalidArgumentError('Unix seconds, an ISO 8601 time, or a time ago such as 15m is needed.');
  }
  return Math.floor(time / 1000);
}
