import { join } from 'node:path';
import type { CaptureImport, SimulationParameters } from '@flowledger/api';
import { withUploadedFile } from '@flowledger/api';
import type { LogQuery } from '@flowledger/log-store';
import type { Config } from './config';
import type { DataPlane } from './data-plane';
import { internalPrefix } from './internal-door';
import type { InternalDoor } from './internal-door';

/** What the api asks of the collector, by name; arguments and answers are JSON. `captures` comes beside it, as bytes. */
export interface CollectorCalls {
  spools: { ids: readonly string[] };
  usage: Record<string, never>;
  query: { logstoreId: string; query: LogQuery };
  startSimulation: { accountId: string; parameters: SimulationParameters };
  simulations: { accountId: string };
  stopSimulation: { accountId: string; simulationId: string };
  backup: { directory: string };
}

/** Longer lists are asked for in parts. */
export const mostSpools = 1_000;

export type CaptureCall = CaptureImport & { readonly accountId: string };

/**
 * The api has checked what it hands on, and nobody else knows the secret: here only the shape is looked at, so that a
 * release that speaks another way is refused and not misunderstood.
 */
export function openCollectorDoor(
  door: InternalDoor,
  { logs, imports, simulations, backups }: DataPlane,
  { dataDirectory, limits }: Pick<Config, 'dataDirectory' | 'limits'>,
): void {
  const calls: { [Name in keyof CollectorCalls]: (input: CollectorCalls[Name]) => Promise<unknown> } = {
    spools: ({ ids }) => logs.spools(ids.slice(0, mostSpools)),
    usage: () => logs.usage(),
    query: ({ logstoreId, query }) => logs.query(logstoreId, query),
    startSimulation: ({ accountId, parameters }) => simulations.start(accountId, parameters),
    simulations: ({ accountId }) => simulations.list(accountId),
    stopSimulation: ({ accountId, simulationId }) => simulations.stop(accountId, simulationId),
    backup: ({ directory }) => backups.create(directory),
  };
  for (const [name, call] of Object.entries(calls)) {
    door.server.post(
      `${internalPrefix}${name}`,
      { schema: { body: { type: 'object' } } },
      async ({ body }, reply) => {
        const answer = await door.call(() => (call as (input: unknown) => Promise<unknown>)(body));
        return reply.type('application/json').send(JSON.stringify(answer));
      },
    );
  }
  door.server.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
    done(null, payload),
  );
  const uploads = { directory: join(dataDirectory, 'uploads'), mostBytes: limits.captureBytes };
  door.server.post<{ Querystring: Record<string, string>; Body: AsyncIterable<Uint8Array> }>(
    `${internalPrefix}captures`,
    async ({ query, body }) =>
      door.call(() => withUploadedFile(body, uploads, ({ open }) => imports.import(open, captureOf(query)))),
  );
}

const captureOf = ({
  accountId,
  networkInterfaceId,
  importId,
  coverage,
  rebase,
}: Record<string, string>): CaptureCall => ({
  accountId: accountId ?? '',
  coverage: coverage === 'historic' ? 'historic' : 'current',
  rebase: rebase === 'true',
  ...(networkInterfaceId && { networkInterfaceId }),
  ...(importId && { importId }),
});
