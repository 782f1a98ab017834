import type { PlannedLogstore } from '@flowledger/flow-record';
import type { Manifest } from './manifest';

/** The logstores the store knows, by internal id. A deleted one stays as a tombstone: its id is never served again. */
export class Logstores {
  constructor(private readonly manifest: Manifest) {}

  reconcile(logstores: readonly PlannedLogstore[]): void {
    this.manifest.transaction(() => {
      for (const { logstoreId, accountId, ttlDays, deleted } of logstores) {
        this.manifest.run(
          `INSERT INTO logstore VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
             ttl_days = excluded.ttl_days, deleted = max(deleted, excluded.deleted)`,
          logstoreId,
          accountId,
          ttlDays,
          Number(deleted),
        );
        if (deleted) this.manifest.run('DELETE FROM reference WHERE logstore_id = ?', logstoreId);
      }
    });
  }

  exists(logstoreId: string): boolean {
    return !!this.manifest.get(
      'SELECT 1 AS found FROM logstore WHERE logstore_id = ? AND deleted = 0',
      logstoreId,
    );
  }
}
