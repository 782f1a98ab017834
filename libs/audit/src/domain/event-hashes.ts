import { createHash } from 'node:crypto';
import { formatPosition } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import { canonicalJson } from './canonical-json';

export const hashBytes = 32;
/** What stands before the first event of a stream. */
export const emptyChain = Buffer.alloc(hashBytes);

export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** An event as it is hashed, exported and verified: everything the log holds of it. Give it the stored form only. */
export const storedText = ({ revision, position, ...event }: RecordedEvent): string =>
  canonicalJson({ ...event, revision: `${revision}`, position: formatPosition(position) });

const leafDomain = Uint8Array.of(0);
const nodeDomain = Uint8Array.of(1);

/** RFC 6962, 2.1: leaves and nodes are hashed apart, so that neither can pose as the other. */
export const leafHash = (text: string): Buffer => sha256(leafDomain, text);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeDomain, left, right);

/** Ties an event to everything before it in its stream. */
export const chainHash = (before: Uint8Array, leaf: Uint8Array): Buffer => sha256(before, leaf);
