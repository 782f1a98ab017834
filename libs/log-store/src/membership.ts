import type { SegmentEntry } from './segment-batch';

/** The distinct sets of flow logs in one segment: a row stores the index of its set. */
export class MembershipSets {
  readonly sets: string[][] = [];
  private readonly indexes = new Map<string, number>();

  indexOf(flowLogIds: readonly string[]): number {
    const set = [...new Set(flowLogIds)].sort();
    const key = JSON.stringify(set);
    let index = this.indexes.get(key);
    if (index === undefined) {
      index = this.sets.push(set) - 1;
      this.indexes.set(key, index);
    }
    return index;
  }
}

export interface Member {
  readonly flowLogId: string;
  entries: number;
  /** Unix seconds. */
  oldestStart: number;
}

/** Per flow log, how many of the entries are its own and when the earliest starts. */
export function membersOf(entries: readonly SegmentEntry[]): Member[] {
  const members = new Map<string, Member>();
  for (const { entry, flowLogIds } of entries)
    for (const flowLogId of new Set(flowLogIds)) {
      const member = members.get(flowLogId);
      if (!member) members.set(flowLogId, { flowLogId, entries: 1, oldestStart: entry.start });
      else {
        member.entries++;
        if (entry.start < member.oldestStart) member.oldestStart = entry.start;
      }
    }
  return [...members.values()];
}

/** The indexes of the sets that hold the flow log. */
export function membershipsOf(sets: readonly (readonly string[])[], flowLogId: string): number[] {
  return sets.flatMap((set, index) => (set.includes(flowLogId) ? [index] : []));
}
