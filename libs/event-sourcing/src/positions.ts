import { MalformedPosition } from './errors';

declare const revisionBrand: unique symbol;
declare const positionBrand: unique symbol;

/** Number of an event inside its stream: 0 for the first, then +1 without gaps. */
export type StreamRevision = bigint & { readonly [revisionBrand]: true };

/**
 * Place of an event in the whole log. Comparable, never countable: gaps are normal and no arithmetic is sound.
 * Both halves are kept, because EventStoreDB loses events when it resumes from the commit half alone.
 */
export type LogPosition = { readonly commit: bigint; readonly prepare: bigint } & {
  readonly [positionBrand]: true;
};

export const streamRevision = (revision: bigint | number): StreamRevision =>
  BigInt(revision) as StreamRevision;

export const logPosition = (commit: bigint | number, prepare: bigint | number = commit): LogPosition =>
  ({ commit: BigInt(commit), prepare: BigInt(prepare) }) as LogPosition;

/** Negative when `a` is before `b`, 0 when they are the same, positive when `a` is after `b`. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
}

/** `"42"`, or `"42.40"` when the halves differ: the text of a position in JSON, headers and checkpoints. */
export const formatPosition = ({ commit, prepare }: LogPosition): string =>
  commit === prepare ? `${commit}` : `${commit}.${prepare}`;

/** @throws MalformedPosition when the text was not made by {@link formatPosition}. */
export function parsePosition(text: string): LogPosition {
  const match = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text);
  if (!match) throw new MalformedPosition(text);
  return logPosition(BigInt(match[1]!), BigInt(match[2] ?? match[1]!));
}
