const { readFileSync } = require('node:fs');

/** `@flowledger/*` aliases live in tsconfig.json only. */
const { paths } = JSON.parse(readFileSync(`${__dirname}/tsconfig.json`, 'utf8')).compilerOptions;
const moduleNameMapper = Object.fromEntries(
  Object.entries(paths).map(([alias, [target]]) => [
    `^${alias.replace('*', '([^/]+)')}$`,
    `<rootDir>/${target.replace('./', '').replace('*', '$1')}`,
  ]),
);

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '\\.[cm]?[jt]s$': '<rootDir>/jest.transform.js' },
  transformIgnorePatterns: [],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
  moduleNameMapper,
  setupFiles: ['reflect-metadata'],
};

/** @type {import('jest').Config} */
module.exports = {
  // The heap grows by ~15 MB per test file that loads Nest: recycle workers before they reach gigabytes.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '600MB',
  // Generous: a shared machine may be many times slower, and no test measures time.
  testTimeout: 120_000,
  coverageProvider: 'v8',
  collectCoverageFrom: ['{apps,libs}/*/src/**/*.ts', '!**/*.spec.ts', '!**/main.ts'],
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'architecture',
      testMatch: ['<rootDir>/test/{architecture,chaos,guide}/**/*.spec.ts'],
    },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/{e2e,crash}/**/*.e2e-spec.ts'] },
    { ...base, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/*.chaos-spec.ts'] },
    { ...base, displayName: 'schema', testMatch: ['<rootDir>/test/schema/**/*.schema-spec.ts'] },
    { ...base, displayName: 'harvest', testMatch: ['<rootDir>/test/schema/*.harvest.ts'] },
    { ...base, displayName: 'samples', testMatch: ['<rootDir>/test/samples/**/*.int-spec.ts'] },
    { ...base, displayName: 'eventstoredb', testMatch: ['<rootDir>/test/eventstoredb/**/*.int-spec.ts'] },
    { ...base, displayName: 'mongodb', testMatch: ['<rootDir>/test/mongodb/**/*.int-spec.ts'] },
  ],
};
