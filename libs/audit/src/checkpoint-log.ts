import {
  deterministicId,
  formatPosition,
  parsePosition,
  streamRevision,
  WrongExpectedRevision,
} from '@flowledger/event-sourcing';
import type { Clock, EventStore, LogPosition, RecordedEvent } from '@flowledger/event-sourcing';
import { checkpointFlaw, checkpointHash, edgeOf, signCheckpoint } from './domain/checkpoint';
import type { Signer } from './domain/checkpoint';
import { checkpointStream } from './domain/checkpoint.events';
import type { AuditCheckpointSigned, SignedCheckpoint } from './domain/checkpoint.events';
import { leafHash, storedText } from './domain/event-hashes';
import { MerkleEdge } from './domain/merkle-edge';

/** The log does not say what was signed for it. Nothing more is signed until somebody has looked. */
export class AuditLogAltered extends Error {
  constructor(what: string) {
    super(
      `${what}. Keep the data directory as it is, and compare it with a backup or an exported audit bundle`,
    );
    this.name = 'AuditLogAltered';
  }
}

export interface CheckpointRules {
  /** Sign when so many events are not covered yet. */
  readonly everyEvents: number;
  /** Sign when an event has waited so long to be covered. */
  readonly everyMilliseconds: number;
}

/** How far the tree has got, and what was signed last. */
interface Progress {
  readonly tree: MerkleEdge;
  readonly last: SignedCheckpoint | undefined;
  /** Number of checkpoints signed. */
  readonly signed: number;
  /** Events other than checkpoints since the last one. */
  uncovered: number;
  uncoveredSince: number;
  position: LogPosition | undefined;
}

/**
 * Signs the Merkle root of the whole log again and again. Give it the store itself, below everything that decrypts or
 * upcasts: what is signed is the stored form. Several processes may run one: the expected revision lets one of them win.
 */
export class CheckpointLog {
  private progress: Progress | undefined;
  private turns: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly events: EventStore,
    private readonly signer: Signer,
    private readonly clock: Clock,
    private readonly rules: CheckpointRules,
  ) {}

  /** Reads what is new, and signs when it is time. @throws AuditLogAltered, and what the store throws */
  turn(): Promise<SignedCheckpoint | undefined> {
    return this.alone(async (progress) => {
      const waited = this.clock.epochMilliseconds() - progress.uncoveredSince;
      const { everyEvents, everyMilliseconds } = this.rules;
      const isDue =
        progress.uncovered >= everyEvents || (progress.uncovered > 0 && waited >= everyMilliseconds);
      return isDue ? this.sign(progress) : progress.last;
    });
  }

  /** The checkpoint that covers everything now, signed now if need be; undefined while the log is empty. */
  upToDate(): Promise<SignedCheckpoint | undefined> {
    return this.alone((progress) => (progress.uncovered > 0 ? this.sign(progress) : progress.last));
  }

  private alone<T>(act: (progress: Progress) => Promise<T> | T): Promise<T> {
    const run = this.turns.then(async () => {
      try {
        return await this.attempt(act);
      } catch (error) {
        if (error instanceof WrongExpectedRevision) return await this.attempt(act);
        throw error;
      }
    });
    this.turns = run.catch(() => undefined);
    return run;
  }

  /** What was signed last, as the log has it; undefined before the first. */
  async latest(): Promise<SignedCheckpoint | undefined> {
    const last = { direction: 'backwards', maxCount: 1 } as const;
    for await (const { data } of this.events.readStream(checkpointStream, last))
      return data as SignedCheckpoint;
    return undefined;
  }

  /** After a failure nothing in memory is trusted: the next attempt begins at the last signed checkpoint again. */
  private async attempt<T>(act: (progress: Progress) => Promise<T> | T): Promise<T> {
    try {
      this.progress ??= await this.resume();
      await this.readNew(this.progress);
      return await act(this.progress);
    } catch (error) {
      this.progress = undefined;
      throw error;
    }
  }

  private async resume(): Promise<Progress> {
    const nothing = { uncovered: 0, uncoveredSince: this.clock.epochMilliseconds() };
    const backwards = { direction: 'backwards', maxCount: 1 } as const;
    for await (const event of this.events.readStream(checkpointStream, backwards)) {
      const { data } = event as RecordedEvent<AuditCheckpointSigned>;
      const flaw = checkpointFlaw(data);
      if (flaw) throw new AuditLogAltered(`Checkpoint ${event.revision} is not to be believed: ${flaw}`);
      const position = parsePosition(data.position);
      const signed = Number(event.revision) + 1;
      return { ...nothing, tree: edgeOf(data), last: data, signed, position };
    }
    return { ...nothing, tree: new MerkleEdge(), last: undefined, signed: 0, position: undefined };
  }

  private async readNew(progress: Progress): Promise<void> {
    const { position } = progress;
    for await (const event of this.events.readAll({ ...(position && { from: position }) })) {
      progress.tree.append(leafHash(storedText(event)));
      progress.position = event.position;
      if (event.stream === checkpointStream) continue;
      if (progress.uncovered === 0) progress.uncoveredSince = this.clock.epochMilliseconds();
      progress.uncovered += 1;
    }
  }

  private async sign(progress: Progress): Promise<SignedCheckpoint> {
    const { tree, last, signed, position } = progress;
    const facts = {
      position: formatPosition(position!),
      previous: last ? checkpointHash(last) : null,
      signedAt: this.clock.now(),
    };
    const checkpoint = signCheckpoint(tree, facts, this.signer);
    await this.events.append(checkpointStream, signed === 0 ? 'no-stream' : streamRevision(signed - 1), [
      checkpointEvent(checkpoint),
    ]);
    this.progress = { ...progress, last: checkpoint, signed: signed + 1, uncovered: 0 };
    return checkpoint;
  }
}

function checkpointEvent(checkpoint: SignedCheckpoint) {
  const id = deterministicId(`${checkpointStream}/${checkpoint.signature}`);
  return {
    id,
    type: 'AuditCheckpointSigned',
    data: checkpoint,
    metadata: {
      $correlationId: id,
      $causationId: id,
      actor: 'system:audit',
      accountId: 'system',
      command: 'SignAuditCheckpoint',
      schemaVersion: 1,
    },
  };
}
