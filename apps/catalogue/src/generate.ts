import { join } from 'node:path';
import { upcasters } from '@flowledger/event-catalogue';
import type { EventCatalogue } from '@flowledger/event-catalogue';
import { metadataSchema } from './code/metadata';
import { readCode } from './code/program';
import { readCatalogue } from './code/read-catalogue';
import { documents, examplesIn } from './documents/documents';

export interface Generated {
  readonly catalogue: EventCatalogue;
  /** By path below docs/events. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the sources and the samples of a checkout. Writes nothing. */
export function generate(repository: string): Generated {
  const code = readCode(repository);
  const catalogue = readCatalogue(code, upcasters);
  const examples = examplesIn(join(repository, 'test/schema/history'), catalogue);
  return { catalogue, files: documents(catalogue, metadataSchema(code), examples) };
}
