import { comparePositions, parsePosition } from '@flowledger/event-sourcing';
import type { Clock, EventStore, RecordedEvent } from '@flowledger/event-sourcing';
import { AuditLogAltered } from './checkpoint-log';
import type { CheckpointLog } from './checkpoint-log';
import { bundleLines } from './domain/bundle-format';
import type { BundleScope, ProvenEvent } from './domain/bundle-format';
import type { Signer } from './domain/checkpoint';
import { checkpointStream } from './domain/checkpoint.events';
import type { AuditCheckpointSigned, SignedCheckpoint } from './domain/checkpoint.events';
import { leafHash, storedText } from './domain/event-hashes';
import { MerkleTree } from './domain/merkle-tree';

/** Whether an event is after a moment: an ISO time or the text of a position. */
export type IsAfter = (event: RecordedEvent) => boolean;

export interface ExportRequest {
  readonly scope: BundleScope;
  /** Only events up to it; everything when absent. */
  readonly asOf?: { readonly text: string; readonly isAfter: IsAfter };
}

/** Nothing in the log is in the scope. */
export class NothingToExport extends Error {
  constructor(scope: BundleScope) {
    super(
      `The log holds no event of ${'stream' in scope ? `stream ${scope.stream.slice(0, 100)}` : 'this scope'}`,
    );
    this.name = 'NothingToExport';
  }
}

interface Survey {
  readonly tree: MerkleTree;
  /** Indices of the events in scope. */
  readonly indices: number[];
}

/**
 * Writes audit bundles. Reads the log twice: once for the tree (64 bytes an event in memory), which must give the root
 * that was signed, and once for the events.
 */
export class BundleExport {
  constructor(
    private readonly events: EventStore,
    private readonly checkpoints: CheckpointLog,
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  /**
   * The lines, without their ends. What can be refused is refused before it resolves.
   * @throws AuditLogAltered, NothingToExport
   */
  async lines({ scope, asOf }: ExportRequest): Promise<AsyncIterable<string>> {
    const checkpoint = await this.checkpoints.upToDate();
    if (!checkpoint) throw new NothingToExport(scope);
    const isAfter: IsAfter = asOf?.isAfter ?? (() => false);
    const survey = await this.survey(checkpoint, scope, isAfter);
    if (survey.indices.length === 0) throw new NothingToExport(scope);
    const head = { scope, asOf: asOf?.text ?? null, exportedAt: this.clock.now(), checkpoint };
    return bundleLines(head, this.proven(survey, checkpoint, scope), this.signer);
  }

  private async survey(checkpoint: SignedCheckpoint, scope: BundleScope, isAfter: IsAfter): Promise<Survey> {
    const tree = new MerkleTree();
    const indices: number[] = [];
    const isInScope = scopeTest(scope);
    let verified = 0;
    let isCut = false;
    for await (const event of this.covered(checkpoint)) {
      isCut ||= isAfter(event);
      if (isInScope(event) && !isCut) indices.push(tree.size);
      if (event.stream === checkpointStream) {
        const { treeSize, root } = (event as RecordedEvent<AuditCheckpointSigned>).data;
        verified = verifiedUpTo(tree, { treeSize, root }, verified);
      }
      tree.append(leafHash(storedText(event)));
    }
    verifiedUpTo(tree, checkpoint, verified);
    return { tree, indices };
  }

  private async *proven({ tree, indices }: Survey, checkpoint: SignedCheckpoint, scope: BundleScope) {
    const isInScope = scopeTest(scope);
    let found = 0;
    for await (const event of this.covered(checkpoint, scope)) {
      if (!isInScope(event)) continue;
      const index = indices[found++];
      if (index === undefined) return;
      const leaf = leafHash(storedText(event));
      yield { event, index, leaf, proof: tree.inclusionProof(index) } satisfies ProvenEvent;
    }
  }

  private async *covered({ position }: SignedCheckpoint, scope?: BundleScope): AsyncGenerator<RecordedEvent> {
    const end = parsePosition(position);
    const streamPrefixes = scope?.kind === 'stream' ? [scope.stream] : undefined;
    for await (const event of this.events.readAll({ ...(streamPrefixes && { streamPrefixes }) })) {
      if (comparePositions(event.position, end) > 0) return;
      yield event;
    }
  }
}

/** Keeps the owner of each stream: give it every event from the beginning. */
function scopeTest(scope: BundleScope): (event: RecordedEvent) => boolean {
  if (scope.kind === 'all') return () => true;
  const isOurs = new Map<string, boolean>();
  return ({ stream, metadata }) => {
    if (scope.kind === 'stream' && stream !== scope.stream) return false;
    if (!isOurs.has(stream)) isOurs.set(stream, metadata.accountId === scope.accountId);
    return isOurs.get(stream)!;
  };
}

/** @throws AuditLogAltered naming the events among which something is not as it was signed */
function verifiedUpTo(
  tree: MerkleTree,
  { treeSize, root }: { treeSize: number; root: string },
  verified: number,
): number {
  if (treeSize <= tree.size && tree.root(treeSize).toString('hex') === root) return treeSize;
  throw new AuditLogAltered(
    `Among the events ${verified + 1} to ${treeSize} of the log something was changed, removed, moved or added since they were signed`,
  );
}
