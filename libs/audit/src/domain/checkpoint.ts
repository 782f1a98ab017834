import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { SignedCheckpoint, TreeCheckpoint } from './checkpoint.events';
import { sha256 } from './event-hashes';
import { MerkleEdge } from './merkle-edge';

/** Signs texts; the private key stays inside. */
export interface Signer {
  readonly keyId: string;
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  sign(text: string): string;
}

/** First 16 hex digits of the SHA-256 of the public key: short enough to be read over the telephone. */
export const keyIdOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);

export type Unsigned = Omit<TreeCheckpoint, 'format' | 'keyId' | 'publicKey' | 'treeSize' | 'root' | 'edge'>;

export function signCheckpoint(tree: MerkleEdge, facts: Unsigned, signer: Signer): SignedCheckpoint {
  const checkpoint: TreeCheckpoint = {
    format: 1,
    treeSize: tree.size,
    root: tree.root().toString('hex'),
    edge: tree.subtrees.map((hash) => hash.toString('hex')),
    ...facts,
    keyId: signer.keyId,
    publicKey: signer.publicKey,
  };
  return { ...checkpoint, signature: signer.sign(canonicalJson(checkpoint)) };
}

export const checkpointHash = (checkpoint: SignedCheckpoint): string =>
  sha256(canonicalJson(checkpoint)).toString('hex');

/** Why a checkpoint cannot be believed; undefined when it can. */
export function checkpointFlaw({ signature, ...checkpoint }: SignedCheckpoint): string | undefined {
  const { publicKey, keyId, edge, treeSize, root } = checkpoint;
  if (keyIdOf(publicKey) !== keyId) return 'its key id is not that of its public key';
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const isSigned = verify(
    null,
    Buffer.from(canonicalJson(checkpoint)),
    key,
    Buffer.from(signature, 'base64'),
  );
  if (!isSigned) return 'its signature does not match';
  if (edgeOf({ treeSize, edge }).root().toString('hex') !== root) return 'its edge does not give its root';
  return undefined;
}

export const edgeOf = ({ treeSize, edge }: Pick<TreeCheckpoint, 'treeSize' | 'edge'>): MerkleEdge =>
  new MerkleEdge(
    treeSize,
    edge.map((hash) => Buffer.from(hash, 'hex')),
  );
