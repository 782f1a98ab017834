import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventStoreContract } from '@flowledger/event-sourcing/testing';
import { EmbeddedEventStore } from './embedded-event-store';

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

eventStoreContract<EmbeddedEventStore>('embedded', {
  open: () => {
    const directory = mkdtempSync(join(tmpdir(), 'events-'));
    directories.push(directory);
    return EmbeddedEventStore.open({ directory });
  },
  reopen: async (store) => {
    await store.close();
    return EmbeddedEventStore.open({ directory: dirname(store.file) });
  },
  weakIdempotencySurvivesRestart: true,
});
