import type { Clock } from '@flowledger/event-sourcing';
import type { RetentionOutcome } from './log-store';
import type { Manifest } from './manifest';
import type { SegmentFiles } from './segment-files';

const FOR_EVER_DAYS = 3_650;
const DAY_MS = 86_400_000;

/** Ends references by age and removes segments that no logstore refers to and no flow log waits for. */
export class Retention {
  constructor(
    private readonly manifest: Manifest,
    private readonly files: SegmentFiles,
    private readonly clock: Clock,
  ) {}

  /** The manifest forgets first; a file that a crash leaves behind is swept at the next start. */
  async apply(): Promise<RetentionOutcome> {
    const { references, gone } = this.manifest.transaction(() => ({
      references: this.endReferences(),
      gone: this.forgetSegments(),
    }));
    for (const { file } of gone) await this.files.remove(file);
    return { references, segments: gone.length, bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  private endReferences(): number {
    return this.manifest.run(
      `DELETE FROM reference WHERE EXISTS (
         SELECT 1 FROM logstore l WHERE l.logstore_id = reference.logstore_id AND l.ttl_days < ${FOR_EVER_DAYS}
           AND reference.delivered_at + l.ttl_days * ${DAY_MS} <= ?)`,
      this.clock.epochMilliseconds(),
    ).changes;
  }

  private forgetSegments(): { file: string; bytes: number }[] {
    const gone = this.manifest.all<{ id: number; file: string; bytes: number }>(
      `SELECT s.segment_id AS id, s.file, s.bytes FROM segment s
       WHERE NOT EXISTS (SELECT 1 FROM reference r WHERE r.segment_id = s.segment_id)
         AND NOT EXISTS (SELECT 1 FROM member m JOIN flow_log f USING (flow_log_id)
                         WHERE m.segment_id = s.segment_id AND f.cursor < m.segment_id)`,
    );
    for (const { id } of gone) this.manifest.run('DELETE FROM segment WHERE segment_id = ?', id);
    return gone;
  }
}
