import { readConfig } from './config';
import { RoleNeedsSharedStores } from './roles';
import { ConfigurationError } from './variables';

const shared = {
  FLOWLEDGER_EVENT_STORE: 'eventstoredb',
  FLOWLEDGER_EVENTSTORE_URL: 'esdb://localhost:2113?tls=false',
  FLOWLEDGER_READ_MODEL: 'mongodb',
  FLOWLEDGER_MONGODB_URL: 'mongodb://localhost:27017',
  FLOWLEDGER_INTERNAL_SECRET: 'a-secret-of-at-least-32-characters',
};
const api = {
  ...shared,
  FLOWLEDGER_ROLE: 'api',
  FLOWLEDGER_COLLECTOR_URL: 'http://collector:8080',
  FLOWLEDGER_ROOT_TOKEN: 'a-token-of-16-ch',
};

describe('a part of the service', () => {
  it.each(['worker', 'collector'])('has what a %s needs', (role) => {
    expect(readConfig({ ...shared, FLOWLEDGER_ROLE: role }, false)).toMatchObject({
      role,
      segments: 4,
      rootToken: '',
    });
  });

  it.each(['api', 'worker', 'collector'])('as a %s refuses stores of one process', (role) => {
    for (const store of ['FLOWLEDGER_EVENT_STORE', 'FLOWLEDGER_READ_MODEL']) {
      const read = () => readConfig({ ...api, FLOWLEDGER_ROLE: role, [store]: 'embedded' }, false);
      expect(read).toThrow(RoleNeedsSharedStores);
      expect(read).toThrow(new RegExp(`^${store}: the ${role} shares its stores`));
    }
  });

  it.each([
    ['FLOWLEDGER_INTERNAL_SECRET', 'too short'],
    ['FLOWLEDGER_COLLECTOR_URL', 'collector:8080'],
    ['FLOWLEDGER_ROOT_TOKEN', undefined],
  ])('as an api needs a good %s', (variable, value) => {
    expect(() => readConfig({ ...api, [variable]: value }, false)).toThrow(ConfigurationError);
    expect(readConfig(api, false).internal.collectorUrl).toBe('http://collector:8080');
  });
});
