import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

/** What stands in the log in place of a personal part. `$sealed` is `<key id>.<nonce>.<ciphertext and tag>`, base64url. */
export interface SealedPart {
  readonly $sealed: string;
  readonly subject: string;
  /** Stands here once the key is gone. */
  readonly erased: unknown;
}

export interface SubjectKey {
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The ciphertext does not open with its own key: it was changed, or moved to another event. */
export class SealBroken extends Error {
  constructor(readonly context: string) {
    super(`What is sealed at ${context} does not open with its key: it was changed since it was stored`);
    this.name = 'SealBroken';
  }
}

const tagBytes = 16;

/**
 * AES-256-GCM. The nonce is made from the key, the place and the text, so the same event sealed twice is the same, and
 * no nonce ever serves two texts. `context` (event id and path) is authenticated: a seal cannot be moved.
 */
export function seal(
  value: unknown,
  { keyId, key }: SubjectKey,
  context: string,
  subject: string,
  erased: unknown,
): SealedPart {
  const text = JSON.stringify(value);
  const nonce = createHmac('sha256', key).update(`nonce\0${context}\0${text}`).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const box = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const sealed = [keyId, nonce.toString('base64url'), box.toString('base64url')].join('.');
  return { $sealed: sealed, subject, erased };
}

/** @throws SealBroken */
export function unseal({ $sealed }: SealedPart, key: Buffer, context: string): unknown {
  const [, nonce, box] = $sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce!).setAAD(Buffer.from(context));
    decipher.setAuthTag(box!.subarray(-tagBytes));
    const text = Buffer.concat([decipher.update(box!.subarray(0, -tagBytes)), decipher.final()]);
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new SealBroken(context);
  }
}

export const keyIdOf = ({ $sealed }: SealedPart): string => $sealed.slice(0, $sealed.indexOf('.'));

export const isSealed = (value: unknown): value is SealedPart =>
  value !== null && typeof value === 'object' && typeof (value as Partial<SealedPart>).$sealed === 'string';

export const contextOf = (eventId: string, path: readonly (string | number)[]): string =>
  [eventId, ...path].join('/');
