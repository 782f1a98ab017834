import { exec } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { StoreAtRisk } from './deployment';
import { FakeStore } from './fake-store';
import { Road } from './road';

const run = promisify(exec);
const variable = 'FLOWLEDGER_EVENTSTORE_URL';

export interface SharedStores {
  readonly atRisk: readonly StoreAtRisk[];
  readonly eventsUrl: string;
  readonly documentsUrl: string;
  close(): void;
}

/**
 * Both stores, each behind a road of its own. The log is on the server that FLOWLEDGER_EVENTSTORE_URL names (an empty one,
 * killed and started by FLOWLEDGER_EVENTSTORE_KILL_COMMAND and …_START_COMMAND when they are given), else on the fake.
 */
export async function openSharedStores(): Promise<SharedStores> {
  const documents = await FakeStore.start('documents');
  const toDocuments = await Road.to(
    documents.url.replace('replicaSet=fake', 'replicaSet=fake&directConnection=true'),
  );
  const named = process.env[variable];
  const events = named ? undefined : await FakeStore.start('events');
  const toEvents = await Road.to(named ?? events!.url);
  return {
    atRisk: [
      {
        name: named ? 'EventStoreDB' : 'EventStoreDB fake',
        road: toEvents.road,
        ...(events && { freeze: (milliseconds: number) => events.freeze(milliseconds) }),
        ...killing(process.env),
      },
      {
        name: 'MongoDB fake',
        road: toDocuments.road,
        freeze: (milliseconds) => documents.freeze(milliseconds),
      },
    ],
    eventsUrl: toEvents.url,
    documentsUrl: toDocuments.url,
    close: () => {
      toEvents.road.close();
      toDocuments.road.close();
      events?.stop();
      documents.stop();
    },
  };
}

function killing(environment: NodeJS.ProcessEnv): Pick<StoreAtRisk, 'kill'> {
  const {
    [`${variable.replace('URL', 'KILL_COMMAND')}`]: kill,
    [`${variable.replace('URL', 'START_COMMAND')}`]: start,
  } = environment;
  if (!kill || !start) return {};
  return {
    kill: async (milliseconds) => {
      await run(kill);
      await pause(milliseconds);
      await run(start);
    },
  };
}
