import fc from 'fast-check';
import { leafHash, nodeHash } from './event-hashes';
import { MerkleEdge } from './merkle-edge';
import { isConsistent, isIncluded } from './merkle-proofs';
import { MerkleTree } from './merkle-tree';

const leaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => leafHash(`event ${index}`));

function treeOf(hashes: readonly Buffer[]): MerkleTree {
  const tree = new MerkleTree();
  hashes.forEach((hash) => tree.append(hash));
  return tree;
}

function edgeAfter(hashes: readonly Buffer[]): MerkleEdge {
  const edge = new MerkleEdge();
  hashes.forEach((hash) => edge.append(hash));
  return edge;
}

const sizes = fc.integer({ min: 1, max: 70 });

describe('the Merkle tree of no leaves', () => {
  it('has the root that RFC 6962 gives it', () => {
    const root = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(treeOf([]).root().toString('hex')).toBe(root);
    expect(new MerkleEdge().root().toString('hex')).toBe(root);
  });
});

describe('a Merkle tree', () => {
  const known = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  it('has the root of the test vectors of Certificate Transparency', () => {
    const hashes = known.map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')));
    expect(treeOf(hashes).root(8).toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });
  it('is hashed pair by pair, an odd last one as it is', () => {
    const [a, b, c] = leaves(3) as [Buffer, Buffer, Buffer];
    expect(treeOf([a, b, c]).root()).toEqual(nodeHash(nodeHash(a, b), c));
  });

  it('has the root that its edge tells, at every size it has had', () =>
    fc.assert(
      fc.property(sizes, (size) => {
        const all = leaves(size);
        const tree = treeOf(all);
        for (let had = 0; had <= size; had++) {
          expect(edgeAfter(all.slice(0, had)).root()).toEqual(tree.root(had));
        }
      }),
      { numRuns: 20 },
    ));

  it('goes on from a stored edge as if it had never stopped', () =>
    fc.assert(
      fc.property(sizes, sizes, (before, after) => {
        const all = leaves(before + after);
        const first = edgeAfter(all.slice(0, before));
        const resumed = new MerkleEdge(first.size, first.subtrees);
        all.slice(before).forEach((leaf) => resumed.append(leaf));
        expect(resumed.root()).toEqual(treeOf(all).root());
      }),
    ));

  it('proves each of its leaves, and no other leaf, place or root', () =>
    fc.assert(
      fc.property(sizes, fc.nat(), (size, pick) => {
        const index = pick % size;
        const all = leaves(size);
        const tree = treeOf(all);
        const proof = tree.inclusionProof(index);
        const root = tree.root();
        expect(isIncluded(all[index]!, index, size, proof, root)).toBe(true);
        expect(isIncluded(leafHash('another'), index, size, proof, root)).toBe(false);
        expect(isIncluded(all[index]!, index, size, proof, leafHash('root'))).toBe(false);
        expect(isIncluded(all[index]!, index, size, [...proof, root], root)).toBe(false);
        for (let other = 0; other < size; other++) {
          if (other !== index) expect(isIncluded(all[index]!, other, size, proof, root)).toBe(false);
        }
      }),
    ));

  it('proves that it grew from each tree it has been, and from no other', () =>
    fc.assert(
      fc.property(sizes, fc.nat(), (size, pick) => {
        const before = (pick % size) + 1;
        const tree = treeOf(leaves(size));
        const proof = tree.consistencyProof(before);
        const [older, newer] = [
          { size: before, root: tree.root(before) },
          { size, root: tree.root() },
        ];
        expect(isConsistent(older, newer, proof)).toBe(true);
        expect(isConsistent({ ...older, root: leafHash('x') }, newer, proof)).toBe(false);
        expect(isConsistent(older, { ...newer, root: leafHash('x') }, proof)).toBe(false);
        if (proof.length > 0) expect(isConsistent(older, newer, proof.slice(1))).toBe(false);
      }),
    ));
});

describe('an edge that does not fit its size', () => {
  it('is refused', () => {
    expect(() => new MerkleEdge(3, leaves(1))).toThrow(RangeError);
    expect(() => new MerkleEdge(1, [Buffer.alloc(31)])).toThrow(RangeError);
  });
});
