import type { Subject } from './domain/personal-data';
import type { SubjectKey } from './domain/sealed-part';

/** A key that no erasure destroyed is not there: the keys were lost, or are older than the log. */
export class KeyMissing extends Error {
  constructor(readonly keyId: string) {
    super(
      `The key ${keyId} is missing, and no erasure destroyed it: restore the keys (keys.db) from a backup`,
    );
    this.name = 'KeyMissing';
  }
}

/**
 * The keys of subjects, apart from the log. Promises of every adapter: a key is durable before `current` resolves; what
 * `destroy` destroyed cannot be read from the store's own files any more, and is `erased` for ever.
 */
export abstract class KeyStore {
  /** The subject's key to seal with, made when there is none; after an erasure a new one. */
  abstract current(subject: Subject): Promise<SubjectKey>;

  /** `undefined`: never heard of it. */
  abstract find(keyId: string): Promise<SubjectKey | 'erased' | undefined>;

  /** Ids of the keys that still open something of the subject. */
  abstract keysOf(subject: Subject): Promise<string[]>;

  /** Unknown ids count as destroyed from now on. */
  abstract destroy(keyIds: readonly string[]): Promise<void>;

  abstract close(): Promise<void>;
}
