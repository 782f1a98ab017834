import { isKept } from './benchmark';
import type { Figure } from './benchmark';

/** The figures as aligned text, one a line. */
export function figureTable(figures: readonly Figure[]): string[] {
  const rows = [['figure', 'value', 'unit', 'promise', ''], ...figures.map(cellsOf)];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[1]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf(figure: Figure): string[] {
  const { name, value, unit, promise } = figure;
  const limit = promise
    ? 'atMost' in promise
      ? `at most ${promise.atMost}`
      : `at least ${promise.atLeast}`
    : '';
  return [name, readable(value), unit, limit, promise ? (isKept(figure) ? 'kept' : 'MISSED') : ''];
}

const readable = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : `${Number(value.toPrecision(3))}`;
