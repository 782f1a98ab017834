import type { Event } from '@flowledger/event-sourcing';

/** The signed checkpoints of the whole log: events of it like any other, covered by the checkpoint that follows. */
export const checkpointStream = 'auditCheckpoints';

/** A Merkle tree head over everything up to a position, hashes in hex. */
export interface TreeCheckpoint {
  readonly format: 1;
  /** Events covered: all of the log, in its order. */
  readonly treeSize: number;
  readonly root: string;
  /** Roots of the perfect subtrees from left to right: a restart goes on from here without reading the log again. */
  readonly edge: readonly string[];
  /** Text of the position of the last event covered. */
  readonly position: string;
  /** SHA-256 of the checkpoint before it in canonical JSON; null for the first. */
  readonly previous: string | null;
  readonly signedAt: string;
  readonly keyId: string;
  /** Ed25519, SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
}

/** `signature`: Ed25519 over the canonical JSON of all other members, base64. */
export type SignedCheckpoint = TreeCheckpoint & { readonly signature: string };
export type AuditCheckpointSigned = Event<'AuditCheckpointSigned', SignedCheckpoint>;
