/** Why an observation is in no entry. */
export const skippedReasons = ['no-interface', 'not-collected', 'late', 'table-full'] as const;

export type SkippedReason = (typeof skippedReasons)[number];

export interface Volume {
  readonly packets: number;
  readonly bytes: number;
}

export type Skipped = Readonly<Record<SkippedReason, Volume>>;

export const noVolume: Volume = { packets: 0, bytes: 0 };

export function plus(a: Volume, b: Volume): Volume {
  return { packets: a.packets + b.packets, bytes: a.bytes + b.bytes };
}

/** Both sides of the ledger: everything observed is in an entry, still open, or skipped with a reason. */
export class Tally {
  private seen = noVolume;
  private readonly lost = Object.fromEntries(skippedReasons.map((reason) => [reason, noVolume])) as Record<
    SkippedReason,
    Volume
  >;

  observe(volume: Volume): void {
    this.seen = plus(this.seen, volume);
  }

  skip(reason: SkippedReason, volume: Volume): void {
    this.lost[reason] = plus(this.lost[reason], volume);
  }

  /** Once for each interface that records it, once when none does. */
  get observed(): Volume {
    return this.seen;
  }

  get skipped(): Skipped {
    return { ...this.lost };
  }
}
