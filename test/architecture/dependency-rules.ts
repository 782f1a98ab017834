import { posix } from 'node:path';
import type { Import, ParsedSource } from './parsed-source';
import type { Place } from './units';
import { composer, isPure, libraries, placeOf, testOnly } from './units';

export interface Violation {
  readonly rule: string;
  readonly where: string;
  readonly what: string;
}

interface Dependency {
  readonly from: Place;
  readonly path: string;
  readonly imported: Import;
  /** `@flowledger/<target.name><target.rest>` */
  readonly target?: { readonly name: string; readonly rest: string; readonly isApp: boolean };
  /** npm package name, neither ours nor of Node. */
  readonly npm?: string;
  /** Repository path of a relative import, without extension. */
  readonly relative?: string;
}

type Rule = (dependency: Dependency) => string | undefined;

const inMemoryMessaging = ['EventBus', 'Saga', 'AggregateRoot', 'EventsHandler', 'EventPublisher'];
const kernelTesting = { name: 'event-sourcing', rest: '/testing' };
const applications = new Set(['api', 'bench', 'cli', 'collector', 'console', 'standalone', 'worker']);

/** The dependency rule of docs/architecture.md, one function a sentence. */
export const dependencyRules: Readonly<Record<string, Rule>> = {
  'a library has a row in the table': ({ from }) =>
    from.kind === 'lib' && !libraries[from.name]
      ? `add ${from.name} to test/architecture/units.ts`
      : undefined,

  'libraries are imported by their index': ({ target }) =>
    target && target.rest && !(target.name === kernelTesting.name && target.rest === kernelTesting.rest)
      ? 'import the index instead'
      : undefined,

  'a relative import stays in its library': ({ from, relative }) => {
    if (!relative || relative.startsWith(`${from.kind}s/${from.name}/`)) return undefined;
    return from.isTest && relative.startsWith('test/fixtures/') ? undefined : 'leaves the library';
  },

  'sources import no test support': ({ from, relative, target }) =>
    !from.isTest &&
    (target?.rest === '/testing' ||
      (relative && placeOf(`${relative}.ts`)?.isTest) ||
      /\.spec$/.test(relative ?? ''))
      ? 'test support is not built'
      : undefined,

  'only the standalone application imports applications': ({ from, target }) =>
    target?.isApp && !(from.kind === 'app' && from.name === composer)
      ? 'an application is a leaf'
      : undefined,

  'a library imports the libraries of its row': ({ from, target }) => {
    const row = from.kind === 'lib' ? libraries[from.name] : undefined;
    if (!row || !target || target.isApp) return undefined;
    const isSelf = target.name === from.name;
    const isKernelForTests = target.name === 'event-sourcing' && row.libs.includes('event-sourcing');
    const extra = from.isTest && (row.tests?.libs?.includes(target.name) || isSelf || isKernelForTests);
    return row.libs.includes(target.name) && !isSelf ? undefined : extra ? undefined : 'not in its row';
  },

  'a library imports the npm packages of its row': ({ from, npm }) => {
    const row = from.kind === 'lib' ? libraries[from.name] : undefined;
    if (!row || !npm || row.npm.includes(npm)) return undefined;
    return from.isTest && (testOnly.includes(npm) || row.tests?.npm?.includes(npm))
      ? undefined
      : 'not in its row';
  },

  'pure files import no framework and no driver': ({ from, npm }) =>
    npm && isPure(from) && !from.isTest ? 'decides and folds only' : undefined,

  'pure files do no input or output': ({ from, imported }) =>
    isPure(from) &&
    !from.isTest &&
    imported.specifier.startsWith('node:') &&
    imported.specifier !== 'node:crypto'
      ? 'of Node only hashes and identifiers'
      : undefined,

  'pure files import pure files': ({ from, relative }) => {
    const to = relative ? placeOf(`${relative}.ts`) : undefined;
    return to && !from.isTest && isPure(from) && !isPure(to) ? 'a handler or module lies outside' : undefined;
  },

  'events and sagas go through the log': ({ imported }) => {
    const names = imported.names.filter((name) => inMemoryMessaging.includes(name));
    return imported.specifier === '@nestjs/cqrs' && names.length > 0
      ? `${names.join(', ')} forgets on a crash`
      : undefined;
  },

  'CommonJS modules of Node carry the node: prefix': ({ npm }) =>
    npm && bareNodeModules.has(npm) ? `write node:${npm}` : undefined,
};

const bareNodeModules = new Set([
  'fs',
  'path',
  'crypto',
  'os',
  'util',
  'events',
  'net',
  'http',
  'stream',
  'zlib',
]);

export function dependencyViolations(file: ParsedSource): Violation[] {
  const from = placeOf(file.path);
  if (!from) return [];
  const found = file.imports.flatMap((imported) => {
    const dependency = resolve(from, file.path, imported);
    return Object.entries(dependencyRules).flatMap(([rule, check]) => {
      const complaint = check(dependency);
      if (!complaint) return [];
      return [{ rule, where: `${file.path}:${imported.line}`, what: `${imported.specifier}: ${complaint}` }];
    });
  });
  return [...found, ...environmentViolations(file, from)];
}

export const environmentRule = 'only applications read the environment';

function environmentViolations(file: ParsedSource, from: Place): Violation[] {
  if (from.kind === 'app') return [];
  return file.environmentReads.map((line) => ({
    rule: environmentRule,
    where: `${file.path}:${line}`,
    what: 'take an option instead of process.env',
  }));
}

function resolve(from: Place, path: string, imported: Import): Dependency {
  const { specifier } = imported;
  const ours = /^@flowledger\/([^/]+)(.*)$/.exec(specifier);
  if (ours) {
    const [, name = '', rest = ''] = ours;
    return { from, path, imported, target: { name, rest, isApp: applications.has(name) } };
  }
  if (specifier.startsWith('.'))
    return { from, path, imported, relative: posix.join(posix.dirname(path), specifier) };
  if (specifier.startsWith('node:')) return { from, path, imported };
  const npm = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return { from, path, imported, npm };
}
