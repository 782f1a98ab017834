import { reasons, rowOf, table, total, verdict, withMissing } from './result-table';
import type { Row, TestOfFile } from './result-table';

const adapters = ['embedded', 'EventStoreDB fake', 'real EventStoreDB', 'MongoDB fake'];

const row = (id: string, ...cells: string[]): Row => {
  const tests = adapters.map((adapter, index): TestOfFile => {
    const [name = '', status = 'passed'] = cells[index]!.split('=');
    return { ancestors: [`${id} a title`, adapter], name, status, milliseconds: 1 };
  });
  return rowOf({ path: `r${id.slice(1).padStart(2, '0')}-x.chaos-spec.ts`, tests });
};

describe('a row of the chaos table', () => {
  it('passes when no adapter fails and one shows it', () => {
    const shown = row('R2', 'a', 'n/a: why', 'n/a: no server', 'not shown: how');
    expect(verdict(shown)).toBe('passed');
    expect(adapters.map((adapter) => shown.cells[adapter]!.status)).toEqual([
      'passed',
      'n/a',
      'n/a',
      'not shown',
    ]);
  });

  it('fails with one fact on one adapter', () =>
    expect(verdict(row('R2', 'a', 'b=failed', 'n/a: x', 'n/a: x'))).toBe('failed'));

  it('is neither when no adapter shows it', () =>
    expect(verdict(row('R44', ...adapters.map(() => 'not shown: no container')))).toBe('not shown'));

  it('fails when its file does not run', () => {
    const broken = rowOf({ path: 'r07-x.chaos-spec.ts', error: 'SyntaxError', tests: [] });
    expect([broken.id, verdict(broken), broken.cells['embedded']!.reason]).toEqual([
      'R7',
      'failed',
      'SyntaxError',
    ]);
  });

  it('fails when an adapter has no tests', () => {
    const one = rowOf({
      path: 'r02-x.chaos-spec.ts',
      tests: [{ ancestors: ['R2 t', 'embedded'], name: 'a', status: 'passed', milliseconds: 1 }],
    });
    expect(verdict(one)).toBe('failed');
  });
});

describe('the chaos table', () => {
  const rows = withMissing(
    [
      row('R2', 'a', 'b=failed', 'n/a: no URL', 'n/a: no log'),
      row('R1', 'a', 'b', 'n/a: no URL', 'n/a: no log'),
    ],
    ['R1', 'R2', 'R3'],
  );

  it('has every id in the order of the catalogue, written or not', () =>
    expect(table(rows).map((line) => line.split(/\s+/)[0])).toEqual(['case', 'R1', 'R2', 'R3']));

  it('counts an id that nobody wrote as failed', () => expect(total(rows)).toBe('1 passed, 2 failed'));

  it('gives each reason once', () =>
    expect(reasons(rows)).toEqual([
      'n/a: no URL  [real EventStoreDB R1 R2]',
      'n/a: no log  [MongoDB fake R1 R2]',
      'failed: "b"  [EventStoreDB fake R2]',
      'failed: not written  [R3]',
    ]));
});
