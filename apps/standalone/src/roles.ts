import type { Config } from './config';
import { ConfigurationError } from './variables';

/** `all` is the whole service in one process; the others are its parts, each in processes of its own. */
export const roles = ['all', 'api', 'worker', 'collector'] as const;
export type Role = (typeof roles)[number];

/** Embedded stores belong to one process. */
export class RoleNeedsSharedStores extends ConfigurationError {
  constructor(role: Role, variable: string, wanted: string) {
    super(
      variable,
      `the ${role} shares its stores with other processes, so it needs "${wanted}"; "flowledger start" runs everything in one process on embedded stores`,
    );
    this.name = 'RoleNeedsSharedStores';
  }
}

/** @throws RoleNeedsSharedStores @throws ConfigurationError */
export function assertRolePossible({
  role,
  eventStore,
  readModel,
  internal,
}: Pick<Config, 'role' | 'eventStore' | 'readModel' | 'internal'>): void {
  if (role === 'all') return;
  if (eventStore.kind === 'embedded')
    throw new RoleNeedsSharedStores(role, 'FLOWLEDGER_EVENT_STORE', 'eventstoredb');
  if (readModel.kind === 'embedded')
    throw new RoleNeedsSharedStores(role, 'FLOWLEDGER_READ_MODEL', 'mongodb');
  if (internal.secret.length < 32) {
    throw new ConfigurationError(
      'FLOWLEDGER_INTERNAL_SECRET',
      'needs at least 32 characters, the same in every process of the service',
    );
  }
}
