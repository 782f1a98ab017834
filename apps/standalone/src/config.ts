import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A wrong setting: one clear line and exit code 78. */
export class ConfigurationError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
    this.name = 'ConfigurationError';
  }
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Further Host headers to serve, with their ports: names that a proxy or a container gives this service. */
  readonly hosts: readonly string[];
  readonly dataDirectory: string;
  readonly eventStore:
    | { readonly kind: 'embedded' }
    | { readonly kind: 'eventstoredb'; readonly url: string; readonly client: 'eventstore' | 'kurrent' };
  readonly readModel: { readonly kind: 'embedded' } | { readonly kind: 'mongodb'; readonly url: string };
  readonly rootToken: string;
  readonly accountId: string;
  readonly regions: readonly string[];
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json';
  readonly flowLogQuota: number;
  /** When a checkpoint over the log is signed: so many events, or so long after the first of them. */
  readonly audit: { readonly everyEvents: number; readonly everyMilliseconds: number };
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
  const dataDirectory = resolve(variables.text('DATA_DIR', './data'));
  const rootToken = environment.FLOWLEDGER_ROOT_TOKEN ?? keptRootToken(dataDirectory);
  if (rootToken.length < 16)
    throw new ConfigurationError('FLOWLEDGER_ROOT_TOKEN', 'needs at least 16 characters');
  return {
    host: variables.text('HOST', '127.0.0.1'),
    port: variables.integer('PORT', 8080, 0, 65_535),
    hosts: variables.list('HOSTS', ''),
    dataDirectory,
    eventStore:
      variables.oneOf('EVENT_STORE', ['embedded', 'eventstoredb']) === 'embedded'
        ? { kind: 'embedded' }
        : {
            kind: 'eventstoredb',
            url: variables.url('EVENTSTORE_URL', /^(esdb|kurrentdb)(\+discover)?:\/\//),
            client: variables.oneOf('EVENTSTORE_CLIENT', ['eventstore', 'kurrent']),
          },
    readModel:
      variables.oneOf('READ_MODEL', ['embedded', 'mongodb']) === 'embedded'
        ? { kind: 'embedded' }
        : { kind: 'mongodb', url: variables.url('MONGODB_URL', /^mongodb(\+srv)?:\/\//) },
    rootToken,
    accountId: variables.matching('ACCOUNT_ID', '1000000000000001', /^\d{1,20}$/, 'digits only'),
    regions: variables.list('REGIONS', 'cn-hangzhou'),
    logLevel: variables.oneOf('LOG_LEVEL', logLevels, 'info'),
    logFormat: variables.oneOf('LOG_FORMAT', ['pretty', 'json'], isTerminal ? 'pretty' : 'json'),
    flowLogQuota: variables.integer('FLOW_LOG_QUOTA', 10, 0, 1_000_000),
    audit: {
      everyEvents: variables.integer('AUDIT_CHECKPOINT_EVENTS', 10_000, 1, 1_000_000),
      everyMilliseconds: 1000 * variables.integer('AUDIT_CHECKPOINT_SECONDS', 300, 1, 86_400),
    },
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

class Variables {
  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  text(name: string, fallback: string): string {
    return this.environment[`FLOWLEDGER_${name}`]?.trim() || fallback;
  }

  list(name: string, fallback: string): string[] {
    const items = this.text(name, fallback).split(',');
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }

  matching(name: string, fallback: string, pattern: RegExp, wanted: string): string {
    const value = this.text(name, fallback);
    if (!pattern.test(value))
      throw new ConfigurationError(`FLOWLEDGER_${name}`, `"${value}" is not valid: ${wanted}`);
    return value;
  }

  /** Not shown in the error: it may hold a password. */
  url(name: string, pattern: RegExp): string {
    const value = this.text(name, '');
    if (!pattern.test(value)) {
      throw new ConfigurationError(
        `FLOWLEDGER_${name}`,
        `a connection string that matches ${pattern} is needed`,
      );
    }
    return value;
  }

  integer(name: string, fallback: number, smallest: number, largest: number): number {
    const text = this.text(name, `${fallback}`);
    const value = Number(text);
    if (!Number.isInteger(value) || value < smallest || value > largest) {
      throw new ConfigurationError(
        `FLOWLEDGER_${name}`,
        `"${text}" is not a whole number from ${smallest} to ${largest}`,
      );
    }
    return value;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback = values[0]!): Value {
    const text = this.text(name, fallback);
    const value = values.find((candidate) => candidate === text);
    if (!value)
      throw new ConfigurationError(`FLOWLEDGER_${name}`, `"${text}" is not one of ${values.join(', ')}`);
    return value;
  }
}
