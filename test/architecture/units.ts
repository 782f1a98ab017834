/**
 * The table of the dependency rule: what each library may import besides its own files and `node:` modules. A library
 * without a row is a violation, so that a new one states its place first.
 */
export interface Library {
  /** Other libraries, by their index. */
  readonly libs: readonly string[];
  /** npm packages, by package name. */
  readonly npm: readonly string[];
  /** Has `domain/`, `projections/` or process managers, which are pure: see `isPure`. */
  readonly domain?: true;
  /** What specs and `testing/` may import besides what the sources may, `testOnly` and the kernel's test languages. */
  readonly tests?: { readonly libs?: readonly string[]; readonly npm?: readonly string[] };
}

const domainLibraries = ['access', 'collection-scope', 'delivery', 'flow-log', 'log-service', 'network'];
const embeddedStores = ['event-store-embedded', 'read-model-embedded'];

const domain: Library = {
  libs: ['event-sourcing', 'flow-record', ...domainLibraries],
  npm: ['@nestjs/common', '@nestjs/cqrs'],
  domain: true,
  tests: { libs: ['process-managers', 'event-store-upcasting', ...embeddedStores], npm: ['@nestjs/testing'] },
};

const adapter = (driver: string, tests: Library['tests'] = {}): Library => ({
  libs: ['event-sourcing'],
  npm: [driver],
  tests,
});

export const libraries: Readonly<Record<string, Library>> = {
  'event-sourcing': { libs: [], npm: [], tests: { libs: embeddedStores } },
  'flow-record': { libs: [], npm: [] },
  capture: { libs: ['flow-record'], npm: [] },
  aggregation: { libs: ['flow-record'], npm: [] },
  'event-store-embedded': adapter('libsql'),
  'event-store-eventstoredb': {
    ...adapter('@eventstore/db-client', { npm: ['@grpc/grpc-js', 'google-protobuf'] }),
    npm: ['@eventstore/db-client', '@kurrent/kurrentdb-client'],
  },
  'read-model-embedded': adapter('libsql'),
  'read-model-mongodb': adapter('mongodb'),
  // Of the kernel it takes the clock and the storage errors that every store shares.
  'log-store': {
    libs: ['flow-record', 'event-sourcing'],
    npm: ['@duckdb/node-api', 'libsql'],
    tests: { npm: ['hyparquet'] },
  },
  // Between the kernel's port and its adapters; knows the events of nobody, only the house rule about free text.
  erasure: { ...domain, libs: ['event-sourcing'], npm: [...domain.npm, 'libsql'] },
  // Runs what the kernel describes.
  'event-store-upcasting': { libs: ['event-sourcing'], npm: [], tests: { libs: embeddedStores } },
  'process-managers': { libs: ['event-sourcing'], npm: [], tests: { libs: embeddedStores } },
  // Between the kernel and whoever composes it: a wrapper over its port.
  'projection-generations': { libs: ['event-sourcing'], npm: [], tests: { libs: embeddedStores } },
  // Reads any log; knows the events of nobody.
  audit: { ...domain, libs: ['event-sourcing'] },
  // Wraps the kernel's ports and reads its runner; of Nest and Fastify it knows shapes only.
  telemetry: {
    libs: ['event-sourcing'],
    npm: [
      '@opentelemetry/api',
      '@opentelemetry/context-async-hooks',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
    ],
    tests: { libs: embeddedStores },
  },
  // The domain libraries for their upcasters.
  'event-catalogue': { libs: ['event-sourcing', ...domainLibraries], npm: [] },
  ...Object.fromEntries(domainLibraries.map((name) => [name, domain])),
};

/** npm packages that every spec and `testing/` file may import. */
export const testOnly = ['fast-check'];

/** Composes the other applications in one process; nothing else imports an application. */
export const composer = 'standalone';

export interface Place {
  readonly kind: 'lib' | 'app';
  readonly name: string;
  /** Specs, contracts and everything under `testing/`: not built, not shipped. */
  readonly isTest: boolean;
  /** Path inside the library or application: `src/domain/flow-log.decider.ts`. */
  readonly inside: string;
}

export function placeOf(path: string): Place | undefined {
  const [, folder, name, inside] = /^(libs|apps)\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (!folder || !name || !inside) return undefined;
  return { kind: folder === 'libs' ? 'lib' : 'app', name, isTest: isTestFile(inside), inside };
}

const isTestFile = (inside: string) =>
  /^testing\/|\/testing\/|\.(spec|contract|int-spec|e2e-spec)\.ts$/.test(inside);

/** Deciders, events, read models and process managers: decide and fold only, so they run in any process and in any order. */
export const isPure = ({ kind, name, inside }: Place): boolean =>
  kind === 'lib' &&
  libraries[name]?.domain === true &&
  /^src\/(domain|projections)\/|\.(process-manager|projection|decider|events)\.ts$/.test(inside);
