import type { Manifest } from './manifest';

/** An interface that is collected live, with its open window in Unix seconds. */
export interface LiveWindow {
  readonly accountId: string;
  readonly networkInterfaceId: string;
  readonly windowStart: number;
  readonly windowEnd: number;
}

export type UnfinishedWindow = LiveWindow;

/** Which windows were open, so that after an unclean end each gets its SKIPDATA entry (DD-26). */
export class OpenWindows {
  constructor(private readonly manifest: Manifest) {}

  /** What is still marked open belongs to a process that died. */
  inherit(): void {
    this.manifest.transaction(() => {
      this.manifest.run(
        `INSERT OR IGNORE INTO open_window
         SELECT 1, account_id, network_interface_id, window_start, window_end FROM open_window WHERE unfinished = 0`,
      );
      this.markClean();
    });
  }

  markLive(windows: readonly LiveWindow[]): void {
    this.manifest.transaction(() => {
      for (const { accountId, networkInterfaceId, windowStart, windowEnd } of windows) {
        this.manifest.run(
          'DELETE FROM open_window WHERE unfinished = 0 AND account_id = ? AND network_interface_id = ?',
          accountId,
          networkInterfaceId,
        );
        this.manifest.run(
          'INSERT INTO open_window VALUES (0, ?, ?, ?, ?)',
          accountId,
          networkInterfaceId,
          windowStart,
          windowEnd,
        );
      }
    });
  }

  markClean(): void {
    this.manifest.run('DELETE FROM open_window WHERE unfinished = 0');
  }

  unfinished(): UnfinishedWindow[] {
    return this.manifest.all<UnfinishedWindow>(
      `SELECT account_id AS accountId, network_interface_id AS networkInterfaceId,
              window_start AS windowStart, window_end AS windowEnd
       FROM open_window WHERE unfinished = 1 ORDER BY account_id, network_interface_id, window_start`,
    );
  }

  settle(accountId: string): void {
    this.manifest.run('DELETE FROM open_window WHERE unfinished = 1 AND account_id = ?', accountId);
  }
}
