import type { NewEvent, RecordedEvent } from '@flowledger/event-sourcing';
import { personalPartsOf } from './domain/personal-data';
import { contextOf, isSealed, keyIdOf, seal, unseal } from './domain/sealed-part';
import type { SealedPart } from './domain/sealed-part';
import { KeyMissing } from './key-store';
import type { KeyStore } from './key-store';

type Path = readonly (string | number)[];
interface Found {
  readonly path: Path;
  readonly part: SealedPart;
}

/** Events with their personal parts sealed, and opened again. */
export class SealedData {
  constructor(private readonly keys: KeyStore) {}

  async seal(event: NewEvent): Promise<NewEvent> {
    const parts = personalPartsOf(event);
    if (parts.length === 0) return event;
    let { data } = event;
    for (const { path, subject, value, erased } of parts) {
      const key = await this.keys.current({ accountId: event.metadata.accountId, name: subject });
      data = replaced(data, path, seal(value, key, contextOf(event.id, path), subject, erased));
    }
    return { ...event, data };
  }

  /** The event itself when nothing in it is sealed. */
  open(event: RecordedEvent): RecordedEvent | Promise<RecordedEvent> {
    const found: Found[] = [];
    collectSealed(event.data, [], found);
    return found.length === 0 ? event : this.opened(event, found);
  }

  private async opened(event: RecordedEvent, found: readonly Found[]): Promise<RecordedEvent> {
    let { data } = event;
    for (const { path, part } of found) {
      const key = await this.keys.find(keyIdOf(part));
      if (key === undefined) throw new KeyMissing(keyIdOf(part));
      const value = key === 'erased' ? part.erased : unseal(part, key.key, contextOf(event.id, path));
      data = replaced(data, path, value);
    }
    return { ...event, data };
  }
}

function collectSealed(value: unknown, path: Path, found: Found[]): void {
  if (value === null || typeof value !== 'object') return;
  if (isSealed(value)) {
    found.push({ path, part: value });
    return;
  }
  const isList = Array.isArray(value);
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'object') collectSealed(member, [...path, isList ? Number(name) : name], found);
  }
}

/** A copy with another value at the path; what does not lie on the path is shared. */
function replaced(data: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(data))
    return data.map((item: unknown, index) => (index === first ? replaced(item, rest, value) : item));
  const members = data as Readonly<Record<string, unknown>>;
  return { ...members, [first]: replaced(members[first], rest, value) };
}
