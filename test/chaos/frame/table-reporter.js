const { mkdirSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { thisMachine } = require('../../../dist/apps/bench/src/support/machine.js');
const { caseIds, idOfFile } = require('./catalogue');
const { reasons, rowOf, table, total, verdict, withMissing } = require('./result-table');

const root = join(__dirname, '../../..');
const say = (line = '') => process.stdout.write(`${line}\n`);

/** Tells each case as it ends, prints the table, keeps the raw result. */
module.exports = class TableReporter {
  constructor(_jest, { ids = caseIds, keep = false } = {}) {
    this.ids = ids;
    this.keep = keep;
    this.rows = [];
    this.startedAt = new Date();
    this.machine = thisMachine();
  }

  onTestResult({ path }, result) {
    if (!idOfFile(path)) return;
    const row = rowOf({
      path,
      error: result.testExecError && String(result.testExecError.message ?? result.testExecError),
      tests: result.testResults.map((test) => ({
        ancestors: test.ancestorTitles,
        name: test.title,
        status: test.status,
        milliseconds: test.duration ?? 0,
        failure: test.failureMessages.join('\n') || undefined,
      })),
    });
    this.rows.push(row);
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1);
    say(`${row.id.padEnd(4)} ${verdict(row).padEnd(9)} ${seconds.padStart(6)} s  ${row.title}`);
    if (result.failureMessage) say(result.failureMessage);
  }

  onRunComplete() {
    const rows = withMissing(this.rows, this.ids);
    say();
    for (const line of table(rows)) say(line);
    say();
    for (const line of reasons(rows)) say(line);
    say(`\nraw result: ${relative(root, this.write(rows))}`);
    say(total(rows));
    this.failed = rows.some((row) => verdict(row) === 'failed');
  }

  /** jest ends with what this returns: a case that nobody wrote is a failure too. */
  getLastError() {
    return this.failed ? new Error('not every case passed') : undefined;
  }

  write(rows) {
    const directory = join(root, 'test/chaos/results');
    mkdirSync(directory, { recursive: true });
    const stamp = this.startedAt.toISOString().slice(0, 19).replaceAll(':', '');
    const file = join(directory, `chaos-${stamp}${this.keep ? '' : '.local'}.json`);
    const { startedAt, machine } = this;
    const scale = Number(process.env.FLOWLEDGER_CHAOS_SCALE ?? 1);
    writeFileSync(
      file,
      `${JSON.stringify({ startedAt, machine, scale, total: total(rows), cases: rows }, null, 1)}\n`,
    );
    return file;
  }
};
