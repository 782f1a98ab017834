import { createHash, randomUUID } from 'node:crypto';

const namespace = Buffer.from('9a6f3f6c0f0b5c2e8f0c4b0d6f1f7a11', 'hex');

/** UUIDv5 (RFC 9562) in Flowledger's own namespace: the same name gives the same id in every process. */
export function deterministicId(name: string): string {
  const hash = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Id of the event at `index` of what the command decided: a repeated command repeats its ids. */
export const eventId = (commandId: string, index: number): string => deterministicId(`${commandId}/${index}`);

export const newId = (): string => randomUUID();
