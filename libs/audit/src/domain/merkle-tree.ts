import { hashBytes, nodeHash, sha256 } from './event-hashes';

/** Hashes side by side in one growing block: a million are 32 MB, not a million objects. */
class HashRow {
  private block = Buffer.alloc(64 * hashBytes);
  length = 0;

  push(hash: Uint8Array): void {
    const end = (this.length + 1) * hashBytes;
    if (end > this.block.length) this.block = Buffer.concat([this.block, Buffer.alloc(this.block.length)]);
    this.block.set(hash, end - hashBytes);
    this.length += 1;
  }

  at(index: number): Buffer {
    return this.block.subarray(index * hashBytes, (index + 1) * hashBytes);
  }
}

/**
 * The whole Merkle tree of RFC 6962 in memory (64 bytes a leaf): tells the root of every size it has had, and proves that
 * a leaf is in it and that a smaller tree is its beginning.
 */
export class MerkleTree {
  /** Row `k` holds the roots of the perfect subtrees of 2^k leaves. */
  private readonly rows: HashRow[] = [new HashRow()];

  get size(): number {
    return this.rows[0]!.length;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let level = 0; ; level++) {
      const row = (this.rows[level] ??= new HashRow());
      row.push(hash);
      if (row.length % 2 === 1) return;
      hash = nodeHash(row.at(row.length - 2), row.at(row.length - 1));
    }
  }

  root(size = this.size): Buffer {
    this.assertHad(size);
    return size === 0 ? sha256() : this.hashOf(0, size);
  }

  /** From the leaf up: what it must be combined with to give the root of the tree of `size` leaves. */
  inclusionProof(index: number, size = this.size): Buffer[] {
    this.assertHad(size);
    if (!Number.isInteger(index) || index < 0 || index >= size) throw new RangeError(`No leaf ${index}`);
    const path = (from: number, to: number): Buffer[] => {
      if (to - from === 1) return [];
      const middle = from + largestPowerBelow(to - from);
      return index < middle
        ? [...path(from, middle), this.hashOf(middle, to)]
        : [...path(middle, to), this.hashOf(from, middle)];
    };
    return path(0, size);
  }

  /** That the tree of `before` leaves is the beginning of the tree of `size` leaves (RFC 6962, 2.1.2). */
  consistencyProof(before: number, size = this.size): Buffer[] {
    this.assertHad(size);
    if (!Number.isInteger(before) || before < 1 || before > size) throw new RangeError(`No size ${before}`);
    const proof = (from: number, to: number, whole: boolean): Buffer[] => {
      if (before === to) return whole ? [] : [this.hashOf(from, to)];
      const middle = from + largestPowerBelow(to - from);
      return before <= middle
        ? [...proof(from, middle, whole), this.hashOf(middle, to)]
        : [...proof(middle, to, false), this.hashOf(from, middle)];
    };
    return proof(0, size, true);
  }

  private hashOf(from: number, to: number): Buffer {
    const leaves = to - from;
    const level = Math.log2(leaves);
    if (Number.isInteger(level) && from % leaves === 0) return this.rows[level]!.at(from / leaves);
    const middle = from + largestPowerBelow(leaves);
    return nodeHash(this.hashOf(from, middle), this.hashOf(middle, to));
  }

  private assertHad(size: number): void {
    if (!Number.isInteger(size) || size < 0 || size > this.size) throw new RangeError(`No tree of ${size}`);
  }
}

/** Largest power of two smaller than `n`, for n > 1. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
