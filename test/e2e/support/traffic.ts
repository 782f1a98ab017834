import { writePcap } from '../../fixtures/capture-writer';
import { ethernet, ipv4, tcp } from '../../fixtures/packet-bytes';

/** A minute's edge, long before any test runs, so that live windows never fall among these entries. */
export const firstSecond = 1_720_785_600;
export const lastSecond = firstSecond + 86_400;

const peer = '203.0.113.9';

/**
 * One packet of its own flow in a minute of its own for each number: entry N has `srcport` 1000 + N and the time
 * `firstSecond` + 60 N.
 */
export function numberedCapture(address: string, from: number, to: number): Buffer {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return writePcap(
    numbers.map((number) => ({
      seconds: firstSecond + 60 * number,
      nanoseconds: 0,
      data: ethernet(ipv4(6, tcp(1_000 + number, 443, 2), { src: address, dst: peer })),
    })),
  );
}

/** One packet at each of these offsets (seconds), all of one flow. */
export function oneFlow(address: string, offsets: readonly number[]): Buffer {
  const data = ethernet(ipv4(6, tcp(1_000, 443, 2), { src: address, dst: peer }));
  return writePcap(offsets.map((offset) => ({ seconds: firstSecond + offset, nanoseconds: 0, data })));
}

/** An entry as the logs show it. */
export type LogEntry = Readonly<Record<string, string>>;

/** The numbers that a list of entries stands for, in its order; wrong times make it fail. */
export const numbersOf = (entries: readonly LogEntry[]): number[] =>
  entries.map((entry) => {
    const number = Number(entry['srcport']) - 1_000;
    expect(entry['start']).toBe(`${firstSecond + 60 * number}`);
    expect(entry['__time__']).toBe(entry['start']);
    return number;
  });

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
