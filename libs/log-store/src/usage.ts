import type { Clock } from '@flowledger/event-sourcing';
import { statfs } from 'node:fs/promises';
import type { StoreUsage } from './log-store';
import type { Manifest } from './manifest';
import type { SegmentFiles } from './segment-files';

const HOUR_MS = 3_600_000;
const PAGE_BYTES = 4_096;
const HOURS_A_DAY = 24;

/** How much disk the store takes, and how long the rest lasts. */
export class Usage {
  constructor(
    private readonly manifest: Manifest,
    private readonly files: SegmentFiles,
    private readonly clock: Clock,
  ) {}

  async measure(): Promise<StoreUsage> {
    const now = this.clock.epochMilliseconds();
    const stored = this.manifest.get<{ segments: number; bytes: number; oldest: number | null }>(
      'SELECT count(*) AS segments, coalesce(sum(bytes), 0) AS bytes, min(received_at) AS oldest FROM segment',
    )!;
    const lastHour = this.manifest.get<{ bytes: number }>(
      'SELECT coalesce(sum(bytes), 0) AS bytes FROM segment WHERE received_at > ? AND merged = 0',
      now - HOUR_MS,
    )!.bytes;
    const manifestBytes = this.manifest.pages * PAGE_BYTES;
    const known = lastHour > 0 && stored.oldest !== null && stored.oldest <= now - HOUR_MS;
    const { bavail, bsize } = await statfs(this.files.directory);
    return {
      segments: stored.segments,
      bytes: stored.bytes + manifestBytes,
      daysOfDiskLeft: known ? (bavail * bsize) / (lastHour * HOURS_A_DAY) : null,
    };
  }
}
