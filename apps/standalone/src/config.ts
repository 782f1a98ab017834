import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assertRolePossible, roles } from './roles';
import type { Role } from './roles';
import { ConfigurationError, Variables } from './variables';

export { ConfigurationError };

export interface Config {
  /** Which part of the service this process is. */
  readonly role: Role;
  readonly host: string;
  readonly port: number;
  /** Further Host headers to serve, with their ports: names that a proxy or a container gives this service. */
  readonly hosts: readonly string[];
  readonly dataDirectory: string;
  /** Of the audit key and the keys of personal data: the data directory, or one that api and worker processes share. */
  readonly keyDirectory: string;
  readonly eventStore:
    | { readonly kind: 'embedded' }
    | { readonly kind: 'eventstoredb'; readonly url: string; readonly client: 'eventstore' | 'kurrent' };
  readonly readModel: { readonly kind: 'embedded' } | { readonly kind: 'mongodb'; readonly url: string };
  /** Shares of the accounts that workers divide among themselves: the same number in every process. */
  readonly segments: number;
  /** After so long a worker's segments go to another when it has died. */
  readonly leaseMilliseconds: number;
  /** How the processes of one service talk to each other; both are empty in a single process. */
  readonly internal: { readonly secret: string; readonly collectorUrl: string };
  readonly rootToken: string;
  readonly accountId: string;
  readonly regions: readonly string[];
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json';
  readonly flowLogQuota: number;
  /** When a checkpoint over the log is signed: so many events, or so long after the first of them. */
  readonly audit: { readonly everyEvents: number; readonly everyMilliseconds: number };
  /** Where traces go; absent: nowhere. */
  readonly tracing?: { readonly endpoint: string; readonly serviceName: string };
  /** Commands are refused beyond these (429, 503); health turns red half way there. */
  readonly backPressure: {
    readonly lagSeconds: number;
    readonly parkedEvents: number;
    readonly blockedProcesses: number;
    readonly commandsInFlight: number;
  };
  readonly limits: {
    readonly bodyBytes: number;
    readonly captureBytes: number;
    readonly requestsPerMinute: number;
    readonly failedSignInsPerMinute: number;
    readonly spoolBytes: number;
    readonly spoolAgeSeconds: number;
  };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Reads and checks every `FLOWLEDGER_…` variable. @throws ConfigurationError */
export function readConfig(environment: NodeJS.ProcessEnv, isTerminal: boolean): Config {
  const variables = new Variables(environment);
  const role = variables.oneOf('ROLE', roles);
  const dataDirectory = resolve(variables.text('DATA_DIR', './data'));
  const readModel = readModelOf(variables);
  const config: Omit<Config, 'rootToken'> = {
    role,
    host: variables.text('HOST', '127.0.0.1'),
    port: variables.integer('PORT', 8080, 0, 65_535),
    hosts: variables.list('HOSTS', ''),
    dataDirectory,
    keyDirectory: resolve(variables.text('KEY_DIR', dataDirectory)),
    eventStore:
      variables.oneOf('EVENT_STORE', ['embedded', 'eventstoredb']) === 'embedded'
        ? { kind: 'embedded' }
        : {
            kind: 'eventstoredb',
            url: variables.url('EVENTSTORE_URL', /^(esdb|kurrentdb)(\+discover)?:\/\//),
            client: variables.oneOf('EVENTSTORE_CLIENT', ['eventstore', 'kurrent']),
          },
    readModel,
    segments: variables.integer('SEGMENTS', readModel.kind === 'mongodb' ? 4 : 1, 1, 64),
    leaseMilliseconds: 1000 * variables.integer('LEASE_SECONDS', 10, 1, 300),
    internal: {
      secret: variables.text('INTERNAL_SECRET', ''),
      collectorUrl: role === 'api' ? variables.url('COLLECTOR_URL', /^https?:\/\//) : '',
    },
    accountId: variables.matching('ACCOUNT_ID', '1000000000000001', /^\d{1,20}$/, 'digits only'),
    regions: variables.list('REGIONS', 'cn-hangzhou'),
    logLevel: variables.oneOf('LOG_LEVEL', logLevels, 'info'),
    logFormat: variables.oneOf('LOG_FORMAT', ['pretty', 'json'], isTerminal ? 'pretty' : 'json'),
    flowLogQuota: variables.integer('FLOW_LOG_QUOTA', 10, 0, 1_000_000),
    audit: {
      everyEvents: variables.integer('AUDIT_CHECKPOINT_EVENTS', 10_000, 1, 1_000_000),
      everyMilliseconds: 1000 * variables.integer('AUDIT_CHECKPOINT_SECONDS', 300, 1, 86_400),
    },
    ...tracingOf(environment),
    backPressure: {
      lagSeconds: variables.integer('MAX_LAG_SECONDS', 60, 1, 86_400),
      parkedEvents: variables.integer('MAX_PARKED_EVENTS', 10_000, 0, 1e9),
      blockedProcesses: variables.integer('MAX_BLOCKED_PROCESSES', 1_000, 0, 1e9),
      commandsInFlight: variables.integer('MAX_COMMANDS_IN_FLIGHT', 500, 1, 1e6),
    },
    limits: {
      bodyBytes: variables.integer('MAX_BODY_BYTES', 2 ** 20, 1_024, 2 ** 30),
      captureBytes: variables.integer('MAX_CAPTURE_BYTES', 256 * 2 ** 20, 24, 2 ** 40),
      requestsPerMinute: variables.integer('REQUESTS_PER_MINUTE', 60_000, 1, 1e9),
      failedSignInsPerMinute: variables.integer('FAILED_SIGN_INS_PER_MINUTE', 20, 1, 1e6),
      spoolBytes: variables.integer('SPOOL_BYTES', 10 * 2 ** 30, 2 ** 10, 2 ** 50),
      spoolAgeSeconds: variables.integer('SPOOL_AGE_SECONDS', 7 * 86_400, 60, 3_650 * 86_400),
    },
  };
  assertRolePossible(config);
  return { ...config, rootToken: rootTokenOf(environment, config) };
}

const readModelOf = (variables: Variables): Config['readModel'] =>
  variables.oneOf('READ_MODEL', ['embedded', 'mongodb']) === 'embedded'
    ? { kind: 'embedded' }
    : { kind: 'mongodb', url: variables.url('MONGODB_URL', /^mongodb(\+srv)?:\/\//) };

/** Only who answers clients has one. */
function rootTokenOf(
  environment: NodeJS.ProcessEnv,
  { role, dataDirectory }: Pick<Config, 'role' | 'dataDirectory'>,
): string {
  if (role === 'worker' || role === 'collector') return '';
  const given = environment.FLOWLEDGER_ROOT_TOKEN;
  if (role === 'api' && given === undefined) {
    throw new ConfigurationError('FLOWLEDGER_ROOT_TOKEN', 'every api process needs the same one');
  }
  const rootToken = given ?? keptRootToken(dataDirectory);
  if (rootToken.length < 16)
    throw new ConfigurationError('FLOWLEDGER_ROOT_TOKEN', 'needs at least 16 characters');
  return rootToken;
}

/** OpenTelemetry's own variables. */
function tracingOf(environment: NodeJS.ProcessEnv): Pick<Config, 'tracing'> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  if (!endpoint) return {};
  if (!/^https?:\/\/[^\s]+$/.test(endpoint))
    throw new ConfigurationError('OTEL_EXPORTER_OTLP_ENDPOINT', 'an http or https address is needed');
  return { tracing: { endpoint, serviceName: environment.OTEL_SERVICE_NAME?.trim() || 'flowledger' } };
}

/** Made at the first start, readable by its owner only. */
function keptRootToken(dataDirectory: string): string {
  const file = join(dataDirectory, 'root-token');
  if (!existsSync(file)) {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    writeFileSync(file, `fl_root_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
