import type { StoreClient } from './store-client';

/** `eventstore`: `@eventstore/db-client`, frozen, for servers from 20.6. `kurrent`: `@kurrent/kurrentdb-client`. */
export type ClientKind = 'eventstore' | 'kurrent';

export type OpenClient = (connectionString: string) => StoreClient;

/** The other client is in this process already. */
export class ClientsCollide extends Error {
  constructor(loaded: ClientKind, wanted: ClientKind) {
    super(
      `The ${loaded} client is loaded, so the ${wanted} client cannot be: their messages have the same names in one ` +
        'table of the process and overwrite each other. Use one of them, or another process',
    );
    this.name = 'ClientsCollide';
  }
}

const place = Symbol.for('flowledger.event-store-client');
const loaded = globalThis as { [place]?: ClientKind };

/** Loads the client when it is first asked for. @throws ClientsCollide */
export function loadClient(kind: ClientKind): OpenClient {
  const other = loaded[place];
  if (other && other !== kind) throw new ClientsCollide(other, kind);
  loaded[place] = kind;
  // Not import(): TypeScript would leave it in, and jest cannot follow it.
  return kind === 'kurrent' ? load('./kurrent-client') : load('./eventstore-client');
}

// eslint-disable-next-line @typescript-eslint/no-require-imports
const load = (file: string): OpenClient => (require(file) as { openClient: OpenClient }).openClient;
