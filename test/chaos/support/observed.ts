import type { ReadModelCommit, ReadModelStore } from '@flowledger/event-sourcing';

/** Read models whose commits are watched and may be slow. */
export interface Observed {
  readonly readModels: ReadModelStore;
  readonly commits: ReadModelCommit[];
  /** The most commits that were under way at once. */
  readonly mostAtOnce: () => number;
}

export function observed(
  inner: ReadModelStore,
  slowly: () => Promise<unknown> = async () => undefined,
): Observed {
  const commits: ReadModelCommit[] = [];
  let atOnce = 0;
  let most = 0;
  const commit = async (given: ReadModelCommit): Promise<void> => {
    most = Math.max(most, ++atOnce);
    try {
      await slowly();
      await inner.commit(given);
      commits.push(given);
    } finally {
      atOnce -= 1;
    }
  };
  const readModels = new Proxy(inner, {
    get(target, member) {
      if (member === 'commit') return commit;
      const value: unknown = Reflect.get(target, member, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { readModels, commits, mostAtOnce: () => most };
}
