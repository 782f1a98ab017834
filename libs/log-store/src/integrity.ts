import type { Manifest } from './manifest';
import { segmentFormat } from './segment-columns';
import type { SegmentFiles } from './segment-files';

export interface SegmentProblem {
  readonly file: string;
  readonly problem: 'Missing' | 'WrongSize' | 'WrongChecksum' | 'UnknownFormat' | 'Unreadable';
}

export interface Verification {
  readonly segments: number;
  readonly bytes: number;
  readonly problems: readonly SegmentProblem[];
  /** What SQLite says of the manifest; empty when it is sound. */
  readonly manifestProblems: readonly string[];
}

/** Called after each segment. */
export type VerificationProgress = (checked: number, total: number) => void;

interface Row {
  id: number;
  file: string;
  bytes: number;
  crc32: number;
  format: number;
}

const PAGE = 256;

/** Compares every segment with what the manifest says of it: DuckDB itself checks no checksums. */
export class Integrity {
  constructor(
    private readonly manifest: Manifest,
    private readonly files: SegmentFiles,
  ) {}

  async verify(progress: VerificationProgress = () => {}): Promise<Verification> {
    const manifestProblems = this.manifest
      .all<{ quick_check: string }>('PRAGMA quick_check')
      .map((row) => row.quick_check)
      .filter((text) => text !== 'ok');
    const total = this.manifest.get<{ total: number }>('SELECT count(*) AS total FROM segment')!.total;
    const problems: SegmentProblem[] = [];
    let segments = 0;
    let bytes = 0;
    for (let page = this.page(0); page.length > 0; page = this.page(page.at(-1)!.id)) {
      for (const row of page) {
        if (!this.exists(row)) continue;
        const problem = await this.files.reading([row.file], () => this.check(row));
        if (problem) problems.push({ file: row.file, problem });
        segments++;
        bytes += row.bytes;
        progress(segments, Math.max(segments, total));
      }
    }
    return { segments, bytes, problems, manifestProblems };
  }

  private async check(row: Row): Promise<SegmentProblem['problem'] | null> {
    if (row.format > segmentFormat) return 'UnknownFormat';
    try {
      const sum = await this.files.sum(row.file);
      if (sum.bytes !== row.bytes) return 'WrongSize';
      return sum.crc32 === row.crc32 ? null : 'WrongChecksum';
    } catch (error) {
      return (error as { code?: string }).code === 'ENOENT' ? 'Missing' : 'Unreadable';
    }
  }

  private page(after: number): Row[] {
    return this.manifest.all<Row>(
      `SELECT segment_id AS id, file, bytes, crc32, format_version AS format
       FROM segment WHERE segment_id > ? ORDER BY segment_id LIMIT ${PAGE}`,
      after,
    );
  }

  /** Retention may have removed it, or a merge replaced it, since the page was read. */
  private exists({ id, file }: Row): boolean {
    return !!this.manifest.get('SELECT 1 AS found FROM segment WHERE segment_id = ? AND file = ?', id, file);
  }
}
