import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf } from './domain/checkpoint';
import type { Signer } from './domain/checkpoint';

/** The key file cannot be used; what stands in it is never told. */
export class SigningKeyUnusable extends Error {
  constructor(readonly file: string) {
    super(
      `${file} is not an Ed25519 private key in PEM: restore it, or move it away to start with a new key`,
    );
    this.name = 'SigningKeyUnusable';
  }
}

/** The Ed25519 key of this service: `audit-key.pem` in the data directory, made at the first start, mode 0600. */
export class SigningKey implements Signer {
  readonly publicKey: string;
  readonly keyId: string;
  readonly #key: KeyObject;

  private constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
    this.keyId = keyIdOf(this.publicKey);
  }

  /** @throws SigningKeyUnusable */
  static open(directory: string): SigningKey {
    const file = join(directory, 'audit-key.pem');
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    createOnce(file);
    try {
      const key = createPrivateKey(readFileSync(file));
      if (key.asymmetricKeyType === 'ed25519') return new SigningKey(key);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall) throw error;
    }
    throw new SigningKeyUnusable(file);
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#key).toString('base64');
  }
}

/** Whole or not at all, also after a crash, and never over an existing one. */
function createOnce(file: string): void {
  if (existsSync(file)) return;
  const draft = `${file}.${process.pid}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(draft, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
