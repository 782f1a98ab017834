// npm run soak [-- --minutes 30 --seed 1 --setting embedded --keep]: --keep writes a raw result that Git does not ignore.
const { parseArgs } = require('node:util');
require('./load-typescript');
const { settingNames, soak } = require('./soak.ts');

const usage = 2;
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    setting: { type: 'string', multiple: true, default: settingNames },
    keep: { type: 'boolean', default: false },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
const unknown = values.setting.filter((name) => !settingNames.includes(name));
if (!(minutes > 0) || !Number.isInteger(seed) || unknown.length > 0) {
  process.stderr.write(
    `--minutes takes a number above 0, --seed a whole number, --setting one of ${settingNames.join(', ')}\n`,
  );
  process.exit(usage);
}
soak({ minutes, seed, keep: values.keep, settings: values.setting }).then(
  (balanced) => process.exit(balanced ? 0 : 1),
  (error) => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(1);
  },
);
