import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreLocked, SystemClock } from '@flowledger/event-sourcing';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedLogStore } from '@flowledger/log-store';
import { Refused } from '../failures';
import { examineReadModels } from './read-model-examination';
import type { ConsumerExamination } from './read-model-examination';

export interface Examination {
  readonly events: number;
  readonly segments: number;
  readonly bytes: number;
  /** What follows the log, as far as the read models are kept here. */
  readonly consumers: readonly ConsumerExamination[];
  /** A line for each damaged record, segment or structure. */
  readonly damage: readonly string[];
}

type Progress = (text: string) => void;

const noLimits = { spoolBytes: Number.MAX_SAFE_INTEGER, spoolAgeSeconds: Number.MAX_SAFE_INTEGER };

/**
 * Verifies every record of a data directory that no process holds.
 * @throws Refused when it is in use, or is no data directory
 */
export async function examine(directory: string, progress: Progress): Promise<Examination> {
  if (!existsSync(join(directory, 'log-store.db')) && !existsSync(join(directory, 'events.db'))) {
    throw new Refused(
      `${directory} holds no data of this service: there is neither events.db nor log-store.db`,
    );
  }
  const damage: string[] = [];
  const { events, consumers } = await examineEvents(directory, damage, progress);
  const { segments, bytes } = await examineLogStore(directory, damage, progress);
  return { events, segments, bytes, consumers, damage };
}

/** The number of events, and how the read models stand to them. A service on EventStoreDB keeps none here. */
async function examineEvents(
  directory: string,
  damage: string[],
  progress: Progress,
): Promise<Pick<Examination, 'events' | 'consumers'>> {
  const none = { events: 0, consumers: [] };
  if (!existsSync(join(directory, 'events.db'))) return none;
  const store = await opened(() => EmbeddedEventStore.open({ directory }), directory, damage);
  if (!store) return none;
  try {
    let events = 0;
    let told = 0;
    for await (const { position, head, damage: found } of store.verifyAll()) {
      damage.push(...found.map(({ message }) => message));
      events = position;
      if (position === told || (position - told < 10_000 && position < head)) continue;
      told = position;
      progress(`events: ${position} of ${head} verified`);
    }
    // A damaged log is no measure for anything.
    const consumers = damage.length === 0 ? await examineReadModels(directory, store, damage) : [];
    return { events, consumers };
  } finally {
    await store.close();
  }
}

async function examineLogStore(directory: string, damage: string[], progress: Progress) {
  const nothing = { segments: 0, bytes: 0 };
  if (!existsSync(join(directory, 'log-store.db'))) return nothing;
  const open = () => EmbeddedLogStore.open({ directory, limits: noLimits, clock: new SystemClock() });
  const store = await opened(open, directory, damage);
  if (!store) return nothing;
  try {
    const { problems, manifestProblems, ...counts } = await store.verify((checked, total) => {
      if (checked % 1_000 === 0 || checked === total) progress(`segments: ${checked} of ${total} verified`);
    });
    damage.push(...manifestProblems.map((problem) => `log-store.db: ${problem}`));
    damage.push(...problems.map(({ file, problem }) => `segment ${file}: ${problem}`));
    return counts;
  } finally {
    await store.close();
  }
}

/** A store that cannot even be opened is damage, too; one that is in use is not ours to look into. */
async function opened<Store>(
  open: () => Promise<Store>,
  directory: string,
  damage: string[],
): Promise<Store | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof StoreLocked) {
      throw new Refused(`${directory} is in use: stop the service first, or ask it without --data`);
    }
    damage.push(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
