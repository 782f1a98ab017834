import { emptyTypeNames, isPromised, isTooLong, longestFile, namesMachine, saysNothing } from './house-rules';
import { parseSource } from './parsed-source';
import { filesBelow, readText } from './repository';
import { readSources } from './sources';

const sources = readSources('apps', 'libs', 'test');
const offenders = (isOffence: (file: (typeof sources)[number]) => boolean) =>
  sources.filter(isOffence).map(({ path }) => path);

describe('a file', () => {
  it('is at most 300 lines long', () => {
    expect(isTooLong({ text: 'const line = 1;\n'.repeat(longestFile + 1) })).toBe(true);
    expect(isTooLong({ text: 'const line = 1;\n'.repeat(longestFile) })).toBe(false);
    expect(offenders(isTooLong)).toEqual([]);
  });

  it('is named after what is inside', () => {
    expect(
      [
        'libs/utils/src/index.ts',
        'libs/network/src/common/vpc.ts',
        'apps/api/src/http/http-helpers.ts',
        'a/store-impl.ts',
      ].filter(saysNothing),
    ).toHaveLength(4);
    expect(saysNothing('libs/read-model-embedded/src/database-file.ts')).toBe(false);
    expect(['apps', 'libs', 'test', 'scripts'].flatMap(filesBelow).filter(saysNothing)).toEqual([]);
  });

  it('declares no type that is named after being a type', () => {
    const text = 'export class StoreImpl {}\nexport interface IStore {}\nabstract class HandlerBase {}';
    expect(emptyTypeNames({ text })).toEqual(['StoreImpl', 'IStore', 'HandlerBase']);
    expect(emptyTypeNames({ text: 'export interface Import {}\nclass Database {}' })).toEqual([]);
    expect(sources.filter(({ path }) => /^(apps|libs)/.test(path)).flatMap(emptyTypeNames)).toEqual([]);
  });

  it('promises no later work', () => {
    expect(isPromised({ text: `// ${'TO'}DO: finish` })).toBe(true);
    expect(offenders(isPromised)).toEqual([]);
  });

  it('names no path of one machine', () => {
    expect(namesMachine({ text: `readFileSync('${'/home'}/ann/capture.pcap')` })).toBe(true);
    expect(offenders(namesMachine)).toEqual([]);
  });
});

describe('a spec', () => {
  it.each(['it.only', 'it.skip', 'describe.only', 'describe.skip', 'test.todo', 'it.only.each'])(
    'is found when it is switched by %s',
    (switched) => {
      expect(parseSource('libs/network/src/a.spec.ts', `${switched}('a', () => {});`).switchedTests).toEqual([
        1,
      ]);
    },
  );

  it.each(['fit', 'xit', 'xdescribe'])('is found when it is switched by %s', (switched) => {
    expect(parseSource('libs/network/src/a.spec.ts', `${switched}('a', () => {});`).switchedTests).toEqual([
      1,
    ]);
  });

  it('is never switched off and never alone', () => {
    expect(offenders(({ switchedTests }) => switchedTests.length > 0)).toEqual([]);
  });
});

describe('the lock file', () => {
  const { packages } = JSON.parse(readText('package-lock.json')) as {
    packages: Record<string, { resolved?: string }>;
  };

  it('leaves the choice of the registry to whoever installs', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(400);
    expect(Object.entries(packages).filter(([, entry]) => entry.resolved)).toEqual([]);
  });
});
