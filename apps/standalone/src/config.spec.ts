import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, readConfig } from './config';

describe('the configuration', () => {
  let parent: string;
  let directory: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'config-'));
    directory = join(parent, 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true }));
  const read = (variables: NodeJS.ProcessEnv = {}, isTerminal = false) =>
    readConfig({ FLOWLEDGER_DATA_DIR: directory, ...variables }, isTerminal);
  const token = { FLOWLEDGER_ROOT_TOKEN: 'a-token-of-16-ch' };

  it('has a default for every variable', () => {
    const { rootToken, ...config } = read(token);
    expect(rootToken).toBe(token.FLOWLEDGER_ROOT_TOKEN);
    expect(config).toEqual({
      role: 'all',
      segments: 1,
      leaseMilliseconds: 10_000,
      internal: { secret: '', collectorUrl: '' },
      keyDirectory: directory,
      host: '127.0.0.1',
      backPressure: {
        lagSeconds: 60,
        parkedEvents: 10_000,
        blockedProcesses: 1_000,
        commandsInFlight: 500,
      },
      port: 8080,
      hosts: [],
      dataDirectory: directory,
      eventStore: { kind: 'embedded' },
      readModel: { kind: 'embedded' },
      accountId: '1000000000000001',
      regions: ['cn-hangzhou'],
      logLevel: 'info',
      logFormat: 'json',
      flowLogQuota: 10,
      audit: { everyEvents: 10_000, everyMilliseconds: 300_000 },
      limits: {
        bodyBytes: 1_048_576,
        captureBytes: 268_435_456,
        requestsPerMinute: 60_000,
        failedSignInsPerMinute: 20,
        spoolBytes: 10_737_418_240,
        spoolAgeSeconds: 604_800,
      },
    });
    expect(readConfig(token, false).dataDirectory).toBe(join(process.cwd(), 'data'));
    expect(read(token, true).logFormat).toBe('pretty');
  });

  it('takes blank variables for absent ones, and lists apart', () => {
    const { port, regions, hosts } = read({
      ...token,
      FLOWLEDGER_PORT: ' ',
      FLOWLEDGER_REGIONS: 'cn-beijing, cn-hangzhou,',
      FLOWLEDGER_HOSTS: 'flow.example:80',
    });
    expect({ port, regions, hosts }).toEqual({
      port: 8080,
      regions: ['cn-beijing', 'cn-hangzhou'],
      hosts: ['flow.example:80'],
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['EVENT_STORE', 'kafka'],
    ['READ_MODEL', 'redis'],
    ['ACCOUNT_ID', 'alice'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
    ['FLOW_LOG_QUOTA', '-1'],
    ['MAX_BODY_BYTES', '1'],
    ['MAX_CAPTURE_BYTES', '1'],
    ['REQUESTS_PER_MINUTE', '0'],
    ['FAILED_SIGN_INS_PER_MINUTE', '0'],
    ['SPOOL_BYTES', '1'],
    ['SPOOL_AGE_SECONDS', '1'],
  ])('refuses %s=%s and names the variable and the value', (name, value) => {
    const reading = () => read({ ...token, [`FLOWLEDGER_${name}`]: value });
    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow(new RegExp(`^FLOWLEDGER_${name}: .*"${value}"`));
  });

  it.each([
    ['EVENTSTORE_URL', { FLOWLEDGER_EVENT_STORE: 'eventstoredb' }, 'http://admin:changeit@host'],
    ['MONGODB_URL', { FLOWLEDGER_READ_MODEL: 'mongodb' }, 'http://admin:changeit@host'],
    ['ROOT_TOKEN', {}, 'changeit'],
  ])('names %s without showing the secret in it', (name, others, secret) => {
    const reading = () => read({ ...token, ...others, [`FLOWLEDGER_${name}`]: secret });
    expect(reading).toThrow(new RegExp(`^FLOWLEDGER_${name}: (?!.*changeit)`));
  });

  it('takes the servers that the connection strings name', () => {
    const { eventStore, readModel } = read({
      ...token,
      FLOWLEDGER_EVENT_STORE: 'eventstoredb',
      FLOWLEDGER_EVENTSTORE_URL: 'esdb://localhost:2113?tls=false',
      FLOWLEDGER_READ_MODEL: 'mongodb',
      FLOWLEDGER_MONGODB_URL: 'mongodb://localhost:27017',
    });
    expect(eventStore).toEqual({
      kind: 'eventstoredb',
      url: 'esdb://localhost:2113?tls=false',
      client: 'eventstore',
    });
    expect(readModel).toEqual({ kind: 'mongodb', url: 'mongodb://localhost:27017' });
  });

  it('makes a root token once, for its owner only', () => {
    const first = read().rootToken;
    const file = join(directory, 'root-token');
    expect(first).toMatch(/^fl_root_[\w-]{43}$/);
    expect(readFileSync(file, 'utf8')).toBe(`${first}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(read().rootToken).toBe(first);
  });
});
