export interface TestOfFile {
  readonly ancestors: readonly string[];
  readonly name: string;
  readonly status: string;
  readonly milliseconds: number;
  readonly failure?: string;
}
export interface Cell {
  readonly status: 'passed' | 'failed' | 'n/a' | 'not shown';
  readonly reason?: string;
}
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly cells: Readonly<Record<string, Cell>>;
}
export function rowOf(file: { path: string; error?: string; tests: readonly TestOfFile[] }): Row;
export function withMissing(rows: readonly Row[], wanted?: readonly string[]): Row[];
export function verdict(row: Row): 'passed' | 'failed' | 'not shown';
export function table(rows: readonly Row[]): string[];
export function reasons(rows: readonly Row[]): string[];
export function total(rows: readonly Row[]): string;
