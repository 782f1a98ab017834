const { adapters, caseIds, idOfFile } = require('./catalogue');

const notRun = /^(n\/a|not shown): (.*)$/s;

/**
 * What one test file has to say: a row of the table. A cell fails when one of its facts fails; a file that does not run
 * fails everywhere.
 */
function rowOf({ path, error, tests }) {
  const id = idOfFile(path);
  const cells = {};
  let title = '';
  for (const { ancestors, name, status, milliseconds, failure } of tests) {
    const [head = '', adapter = ''] = ancestors;
    title = head.replace(/^R\d+ /, '');
    const cell = (cells[adapter] ??= { status: 'passed', facts: [] });
    const [, kind, reason] = notRun.exec(name) ?? [];
    if (kind && status !== 'failed') cells[adapter] = { status: kind, reason, facts: [] };
    else {
      cell.facts.push({ name: [...ancestors.slice(2), name].join(' › '), status, milliseconds, failure });
      if (status !== 'passed') Object.assign(cell, { status: 'failed', reason: `"${name}"` });
    }
  }
  if (error) for (const adapter of adapters) cells[adapter] = { status: 'failed', reason: error, facts: [] };
  return { id, title, cells };
}

/** The rows in the order of the catalogue; an id without a file is a failure, not a gap. */
function withMissing(rows, wanted = caseIds) {
  const unwritten = { status: 'failed', reason: 'not written', facts: [] };
  return wanted.map(
    (id) =>
      rows.find((row) => row.id === id) ?? {
        id,
        title: '(not written)',
        cells: Object.fromEntries(adapters.map((adapter) => [adapter, unwritten])),
      },
  );
}

/** A case passes when no adapter fails and at least one shows it; shown by none, it counts as neither. */
function verdict({ cells }) {
  const statuses = adapters.map((adapter) => cells[adapter]?.status ?? 'failed');
  if (statuses.includes('failed')) return 'failed';
  return statuses.includes('passed') ? 'passed' : 'not shown';
}

function table(rows) {
  const lines = [
    ['case', ...adapters, ''],
    ...rows.map((row) => [
      row.id,
      ...adapters.map((adapter) => row.cells[adapter]?.status ?? 'failed'),
      row.title,
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

/** Every reason once, with the cells it stands for: `n/a: it holds no log: MongoDB fake R1 R2`. */
function reasons(rows) {
  const byReason = new Map();
  for (const { id, cells } of rows) {
    for (const adapter of adapters) {
      const { status, reason = 'declares no such adapter' } = cells[adapter] ?? { status: 'failed' };
      if (status === 'passed') continue;
      const key = `${status}: ${reason}`;
      const where = byReason.get(key) ?? new Map();
      where.set(adapter, [...(where.get(adapter) ?? []), id]);
      byReason.set(key, where);
    }
  }
  return [...byReason].map(([reason, where]) => {
    const perAdapter = [...where].map(([adapter, ids]) => `${adapter} ${ids.join(' ')}`);
    const everywhere = where.size === adapters.length && new Set([...where.values()].map(String)).size === 1;
    return `${reason}  [${everywhere ? [...where.values()][0].join(' ') : perAdapter.join('; ')}]`;
  });
}

function total(rows) {
  const count = (wanted) => rows.filter((row) => verdict(row) === wanted).length;
  return `${count('passed')} passed, ${count('failed')} failed`;
}

module.exports = { reasons, rowOf, table, total, verdict, withMissing };
