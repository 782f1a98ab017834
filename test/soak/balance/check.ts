/** One question that the end of a run must answer, with what was counted and everything that does not balance. */
export interface Check {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

/** Counts by name, and problems in words. */
export class Findings {
  private readonly counts: Record<string, number> = {};
  private readonly problems: string[] = [];

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  problem(text: string): void {
    this.problems.push(text);
  }

  /** @returns `holds` */
  expect(holds: boolean, otherwise: () => string): boolean {
    if (!holds) this.problem(otherwise());
    return holds;
  }

  as(name: string): Check {
    return { name, counts: this.counts, problems: this.problems };
  }
}
