import { cellText, factLines, TableFormat } from './table';
import type { Column } from './table';

/** Where lines go; standard output and standard error, or an array in tests. */
export interface Sink {
  write(text: string): unknown;
}

/**
 * Answers go to standard output: tables for people, or nothing but JSON with `--json`. Progress and remarks go to
 * standard error, so a pipe gets the answer alone.
 */
export class Output {
  constructor(
    readonly isJson: boolean,
    private readonly answers: Sink,
    private readonly remarks: Sink,
  ) {}

  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], ifEmpty = 'Nothing found'): void {
    if (this.isJson) this.json(rows);
    else if (rows.length === 0) this.note(ifEmpty);
    else this.lines(new TableFormat(columns).lines(rows));
  }

  /** Facts about one thing; JSON shows the thing itself. */
  facts(thing: unknown, facts: Readonly<Record<string, unknown>>): void {
    if (this.isJson) this.json(thing);
    else this.lines(factLines(facts));
  }

  /** A sentence that says what was done; JSON shows the thing itself. */
  done(thing: unknown, sentence: string): void {
    if (this.isJson) this.json(thing);
    else this.lines([cellText(sentence)]);
  }

  lines(lines: readonly string[]): void {
    for (const line of lines) this.answers.write(`${line}\n`);
  }

  json(value: unknown): void {
    this.answers.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** One object a line, for lists that do not end. */
  jsonLine(value: unknown): void {
    this.answers.write(`${JSON.stringify(value)}\n`);
  }

  note(text: string): void {
    this.remarks.write(`${cellText(text)}\n`);
  }
}
