import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventStoreContract } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from './embedded-event-store';

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

const newDirectory = (): string => {
  directories.push(mkdtempSync(join(tmpdir(), 'events-')));
  return directories.at(-1)!;
};

eventStoreContract<EmbeddedEventStore>('embedded', {
  open: () => EmbeddedEventStore.open({ directory: newDirectory() }),
  reopen: async (store) => {
    await store.close();
    return EmbeddedEventStore.open({ directory: dirname(store.file) });
  },
  weakIdempotencySurvivesRestart: true,
  states: { notApplicable: 'it neither truncates nor deletes streams, and nobody else writes to it' },
  drop: { notApplicable: 'its subscriptions have no connection that could fail' },
  snapshot: async (store) => {
    const directory = newDirectory();
    await store.backupTo(join(directory, 'events.db'));
    return async () => {
      await store.close();
      return EmbeddedEventStore.open({ directory });
    };
  },
});
