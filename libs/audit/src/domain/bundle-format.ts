import { formatPosition } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import { canonicalJson } from './canonical-json';
import type { Signer } from './checkpoint';
import type { SignedCheckpoint } from './checkpoint.events';
import { chainHash, emptyChain, sha256, storedText } from './event-hashes';

/** What an audit bundle holds: the whole log, or of an account one stream or all. The first event tells whose a stream is. */
export type BundleScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'stream'; readonly stream: string; readonly accountId: string }
  | { readonly kind: 'account'; readonly accountId: string };

export interface BundleHead {
  readonly scope: BundleScope;
  /** As it was asked for; null for everything up to the checkpoint. */
  readonly asOf: string | null;
  readonly exportedAt: string;
  readonly checkpoint: SignedCheckpoint;
}

/** An event with its place in the tree. */
export interface ProvenEvent {
  readonly event: RecordedEvent;
  readonly index: number;
  readonly leaf: Buffer;
  readonly proof: readonly Buffer[];
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const identityOf = ({ stream, revision, position }: RecordedEvent) => ({
  stream,
  revision: `${revision}`,
  position: formatPosition(position),
});

/**
 * The lines of an audit bundle, format 1:
 *  1. the signed head: scope, public key, the signed checkpoint, and which event comes first;
 *  2. for each event an entry (place in the tree, leaf, chain hash of its stream, inclusion proof, which event comes
 *     next, and a rolling hash over the lines so far), then the event itself as it was hashed;
 *  3. the seal: how many, the last one, and a signature over the rolling hash.
 * So whatever line is changed, removed, moved or added, its neighbours name it.
 */
export async function* bundleLines(
  head: BundleHead,
  events: AsyncIterable<ProvenEvent>,
  signer: Signer,
): AsyncGenerator<string> {
  const chains = new Map<string, Buffer>();
  let roll = '';
  let count = 0;
  let waiting: ProvenEvent | undefined;
  const linesOf = ({ event, index, leaf, proof }: ProvenEvent, next: ProvenEvent | undefined): string[] => {
    const chain = chainHash(chains.get(event.stream) ?? emptyChain, leaf);
    chains.set(event.stream, chain);
    count += 1;
    const entry = {
      ...identityOf(event),
      index,
      leaf: hex(leaf),
      chain: hex(chain),
      proof: proof.map(hex),
      next: next ? identityOf(next.event) : null,
    };
    roll = hex(sha256(roll, canonicalJson(entry)));
    return [canonicalJson({ ...entry, roll }), storedText(event)];
  };
  for await (const event of events) {
    if (waiting) yield* linesOf(waiting, event);
    else yield (roll = headLine(head, event, signer));
    waiting = event;
  }
  if (waiting) yield* linesOf(waiting, undefined);
  else yield (roll = headLine(head, undefined, signer));
  const last = waiting ? identityOf(waiting.event) : null;
  const seal = { events: count, last, roll, keyId: signer.keyId };
  yield canonicalJson({ seal, signature: signer.sign(canonicalJson(seal)) });
}

function headLine(facts: BundleHead, first: ProvenEvent | undefined, signer: Signer): string {
  const head = {
    bundle: 'flowledger-audit',
    format: 1,
    ...facts,
    key: { id: signer.keyId, publicKey: signer.publicKey },
    first: first ? identityOf(first.event) : null,
  };
  return canonicalJson({ ...head, signature: signer.sign(canonicalJson(head)) });
}
