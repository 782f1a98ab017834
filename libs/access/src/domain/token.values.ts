import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token's text is `fl_<tokenId>_<secret>`: 20 letters and digits, and 256 random bits in 43 base64url characters. */
export interface TokenParts {
  readonly tokenId: string;
  readonly secret: string;
}

const tokenText = /^fl_([a-z0-9]{20})_([A-Za-z0-9_-]{43})$/;

/** Longer texts are no tokens of ours and are not looked at. */
export const longestTokenText = 512;

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A repeated command gets the same id. The id is no secret. */
export const tokenIdFor = (commandId: string): string =>
  [...createHash('sha256').update(`token/${commandId}`, 'utf8').digest().subarray(0, 20)]
    .map((byte) => alphabet[byte % alphabet.length])
    .join('');

export const newSecret = (): string => randomBytes(32).toString('base64url');

export const formatToken = ({ tokenId, secret }: TokenParts): string => `fl_${tokenId}_${secret}`;

export function parseToken(text: string): TokenParts | undefined {
  const match = tokenText.exec(text);
  return match ? { tokenId: match[1]!, secret: match[2]! } : undefined;
}

/** Hex. Enough without salt or stretching, because what is hashed is 256 random bits and nobody's password. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex');

/** In the same time whatever the hashes differ in. Both are hex of SHA-256. */
export const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
