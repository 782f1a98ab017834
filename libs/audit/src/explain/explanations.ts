import { comparePositions } from '@flowledger/event-sourcing';
import type { AnyProjection, EventStore, RecordedEvent } from '@flowledger/event-sourcing';
import { explain } from './explanation';
import type { ExplainedCommand } from './explanation';

export interface Explanation {
  readonly id: string;
  /** Events that concern it. */
  readonly events: number;
  /** There is more than is told here: the log was not read to its end. */
  readonly truncated: boolean;
  readonly commands: readonly ExplainedCommand[];
}

export interface ExplanationSources {
  /** As readers see it: texts opened, shapes current. */
  readonly events: EventStore;
  readonly projections: readonly AnyProjection[];
  /** Names of the process managers: their streams are `<name>-<instance>`. */
  readonly processes: readonly string[];
  /** Further categories of streams, such as `deliveryReports-`. */
  readonly categories?: readonly string[];
  readonly mostEvents?: number;
}

/** More than this is neither read nor shown; the answer then says so. */
export const mostExplainedEvents = 50_000;

/**
 * Why a thing is as it is. Its events are those of the streams that bear its id, in any category, and those of the
 * account's own streams (registry, network) that name it.
 */
export class Explanations {
  private readonly categories: readonly string[];

  constructor(private readonly sources: ExplanationSources) {
    const { projections, processes, categories = [] } = sources;
    const prefixes = projections.flatMap(({ streamPrefixes }) => streamPrefixes);
    this.categories = [...new Set([...prefixes, ...processes.map((name) => `${name}-`), ...categories])];
  }

  /** Undefined when the account has nothing of that id. */
  async of(accountId: string, id: string): Promise<Explanation | undefined> {
    const { projections, processes, mostEvents = mostExplainedEvents } = this.sources;
    const found: RecordedEvent[] = [];
    let left = mostEvents;
    for (const category of this.categories) {
      for (const instance of new Set([id, accountId])) {
        for await (const event of this.sources.events.readStream(category + instance)) {
          if (left-- <= 0) break;
          const isOurs = event.metadata.accountId === accountId;
          if (isOurs && (instance === id || names(event.data, id))) found.push(event);
        }
      }
    }
    if (found.length === 0) return undefined;
    found.sort((a, b) => comparePositions(a.position, b.position));
    const isProcess = (stream: string) => processes.some((name) => stream.startsWith(`${name}-`));
    const commands = explain(found, projections, isProcess);
    return { id, events: found.length, truncated: left < 0, commands };
  }
}

/** Whether a member of the data, however deep, is the id. */
function names(data: unknown, id: string): boolean {
  if (data === id) return true;
  return data !== null && typeof data === 'object' && Object.values(data).some((member) => names(member, id));
}
