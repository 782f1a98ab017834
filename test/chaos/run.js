// npm run chaos [-- R15 R31] [--keep]: the named cases, or all of them; --keep writes a raw result that Git does not ignore.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { caseIds, filePrefix } = require('./frame/catalogue');

const usage = 2;
const root = join(__dirname, '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((id) => !caseIds.includes(id));
if (unknown.length > 0) {
  process.stderr.write(`There is no case ${unknown.join(', ')}: they are R1 to ${caseIds.at(-1)}\n`);
  process.exit(usage);
}
const ids = positionals.length > 0 ? caseIds.filter((id) => positionals.includes(id)) : caseIds;
const config = {
  ...require('../../jest.config.js'),
  rootDir: root,
  reporters: [[join(__dirname, 'frame/table-reporter.js'), { ids, keep: values.keep }]],
};
const jest = spawnSync(
  process.execPath,
  [
    '--expose-gc',
    join(root, 'node_modules/jest/bin/jest.js'),
    ...['--config', JSON.stringify(config), '--selectProjects', 'chaos', '--runInBand', '--passWithNoTests'],
    ...['--testPathPatterns', `/(${ids.map(filePrefix).join('|')})`],
  ],
  { stdio: 'inherit', cwd: root },
);
process.exit(jest.status ?? 1);
