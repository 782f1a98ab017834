import { hashBytes, nodeHash, sha256 } from './event-hashes';

/** Of the tree of no leaves (RFC 6962). */
const emptyRoot = sha256();

/**
 * The right edge of a Merkle tree: the roots of its perfect subtrees from left to right, one for each bit of the size.
 * Enough to add leaves and to tell the root; 20 hashes for a million leaves.
 */
export class MerkleEdge {
  private readonly hashes: Buffer[];

  constructor(
    private leaves = 0,
    hashes: readonly Buffer[] = [],
  ) {
    const subtrees = leaves.toString(2).replaceAll('0', '').length;
    if (hashes.length !== subtrees || hashes.some(({ length }) => length !== hashBytes)) {
      throw new RangeError(`The edge of ${leaves} leaves has ${subtrees} hashes of ${hashBytes} bytes`);
    }
    this.hashes = [...hashes];
  }

  get size(): number {
    return this.leaves;
  }

  get subtrees(): readonly Buffer[] {
    return this.hashes;
  }

  append(leaf: Buffer): void {
    let hash = leaf;
    for (let full = this.leaves; full % 2 === 1; full = Math.floor(full / 2)) {
      hash = nodeHash(this.hashes.pop()!, hash);
    }
    this.hashes.push(hash);
    this.leaves += 1;
  }

  root(): Buffer {
    if (this.leaves === 0) return emptyRoot;
    return this.hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}
