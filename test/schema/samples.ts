import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPosition, parsePosition, streamRevision } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';

export const historyDirectory = join(__dirname, 'history');

/** An event as it was stored once: `history/<category>/<type>.v<version>[.<variant>].json`. */
export interface Sample {
  readonly category: string;
  readonly type: string;
  readonly version: number;
  /** `flowLog/FlowLogCreated.v1.without-owner` */
  readonly name: string;
  readonly event: RecordedEvent;
}

export const categoryOf = (stream: string): string => stream.split('-')[0]!;

export function readSamples(directory = historyDirectory): Sample[] {
  return readdirSync(directory).flatMap((category) =>
    readdirSync(join(directory, category)).map((file) => {
      const [, type, version] = /^(\w+)\.v(\d+)(?:\.[\w-]+)?\.json$/.exec(file) ?? [];
      if (!type || !version) throw new Error(`${category}/${file}: a sample is named <EventType>.v<N>.json`);
      const name = `${category}/${file.replace(/\.json$/, '')}`;
      return {
        category,
        type,
        version: Number(version),
        name,
        event: readSample(join(directory, category, file)),
      };
    }),
  );
}

function readSample(file: string): RecordedEvent {
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return {
    ...(stored as unknown as RecordedEvent),
    revision: streamRevision(Number(stored.revision)),
    position: parsePosition(String(stored.position)),
  };
}

/** The first event of each category, type and version that has no sample yet becomes one. Gives their names. */
export function addMissing(log: readonly RecordedEvent[], directory = historyDirectory): string[] {
  const added: string[] = [];
  for (const event of log) {
    const category = categoryOf(event.stream);
    const name = `${category}/${event.type}.v${event.metadata.schemaVersion}`;
    const file = join(directory, `${name}.json`);
    if (existsSync(file)) continue;
    mkdirSync(join(directory, category), { recursive: true });
    const stored = { ...event, revision: Number(event.revision), position: formatPosition(event.position) };
    writeFileSync(file, `${JSON.stringify(stored, null, 2)}\n`);
    added.push(name);
  }
  return added;
}
