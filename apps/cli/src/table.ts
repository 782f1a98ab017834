export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => unknown;
  readonly align?: 'left' | 'right';
}

const gap = '  ';

/**
 * Rows as aligned text. Pages of one list keep their columns: widths only grow, and the titles stand above the first page.
 */
export class TableFormat<Row> {
  private readonly widths: number[];
  private titled = false;

  constructor(private readonly columns: readonly Column<Row>[]) {
    this.widths = columns.map(({ title }) => wordsOf(title).length);
  }

  lines(rows: readonly Row[]): string[] {
    const cells = rows.map((row) => this.columns.map(({ of }) => cellText(of(row))));
    for (const line of cells) {
      line.forEach((text, index) => (this.widths[index] = Math.max(this.widths[index]!, text.length)));
    }
    const title = this.titled
      ? []
      : [this.line(this.columns.map(({ title }) => wordsOf(title).toUpperCase()))];
    this.titled = true;
    return [...title, ...cells.map((line) => this.line(line))];
  }

  private line(cells: readonly string[]): string {
    const padded = cells.map((text, index) =>
      this.columns[index]!.align === 'right'
        ? text.padStart(this.widths[index]!)
        : text.padEnd(this.widths[index]!),
    );
    return padded.join(gap).trimEnd();
  }
}

/** `vSwitchId` → `v switch id`: members of the interface as a person reads them. */
export const wordsOf = (member: string): string =>
  member.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** One fact a line, the values aligned. */
export function factLines(facts: Readonly<Record<string, unknown>>): string[] {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts).map(([name, value]) =>
    `${name.padEnd(width)}${gap}${cellText(value)}`.trimEnd(),
  );
}

/** `-` for nothing. Control characters are shown, not sent: what others wrote must not steer a terminal. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '-';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map(cellText).join(', ');
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '-');
  return text.replace(
    /\p{Cc}/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Columns that are named as the members they show. */
export const columnsOf = <Name extends string>(
  names: readonly Name[],
): Column<Readonly<Record<Name, unknown>>>[] => names.map((title) => ({ title, of: (row) => row[title] }));
