import { ANY, jsonEvent } from '@eventstore/db-client';
import { newCategory, newEvents } from '@flowledger/event-sourcing/testing';
import { afterThisTest } from '../frame/clean-up';
import { asAnother } from './deleting';
import { OfCategory } from './of-category';
import { connectedTo, embeddedReadModels, fakeServer } from './stores';
import type { Stores } from './stores';
import { TcpProxy } from './tcp-proxy';

/** Stores whose connection to the log can die silently while others go on writing. */
export interface Cuttable extends Stores {
  readonly proxy: TcpProxy;
  /** Written by somebody else, over a connection of their own. */
  writeElsewhere(stream: string, count: number): Promise<void>;
}
export type OpenCuttable = () => Promise<Cuttable>;

/** A silence is looked into soon, and a read that hangs is given up soon. */
const impatient = { catchUpProbeMs: 300, idleProbeMs: 300, readTimeoutMs: 1_500, subscribeTimeoutMs: 1_500 };

async function cuttable(
  connectionString: string,
  writeElsewhere: Cuttable['writeElsewhere'],
): Promise<Cuttable> {
  const proxied = await TcpProxy.before(connectionString);
  afterThisTest(() => proxied.proxy.stop());
  const category = newCategory();
  const events = new OfCategory(await connectedTo(proxied.connectionString, impatient), category);
  return { category, events, readModels: await embeddedReadModels(), proxy: proxied.proxy, writeElsewhere };
}

export const cuttableFake =
  (profile: 'legacy' | 'modern'): OpenCuttable =>
  async () => {
    const server = await fakeServer({ profile });
    return cuttable(server.connectionString, async (stream, count) => {
      const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
      const proposed = newEvents(count).map(({ id, type, data, metadata }) => ({
        id,
        headers: [
          ['type', type],
          ['content-type', 'application/json'],
        ] as const,
        data: encode(data),
        metadata: encode(metadata),
      }));
      server.log.append(stream, 'any', proposed);
    });
  };

export const cuttableServer =
  (connectionString: string): OpenCuttable =>
  () =>
    cuttable(connectionString, (stream, count) =>
      asAnother(connectionString, (client) =>
        client.appendToStream(
          stream,
          newEvents(count).map(({ id, type, data, metadata }) =>
            jsonEvent({ id, type, data: data as Record<string, string>, metadata: { ...metadata } }),
          ),
          // Credentials given with the call keep the client off the batch append, whose table all clients share.
          { expectedRevision: ANY, credentials: { username: 'admin', password: 'changeit' } },
        ),
      ),
    );
