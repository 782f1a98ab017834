import { deterministicId } from '@flowledger/event-sourcing';

export interface Answer {
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A command as it was sent, and what was acknowledged. */
export interface LedgerEntry {
  readonly key: string;
  /** The service makes it from the Idempotency-Key. */
  readonly commandId: string;
  /** `POST /flow-logs` */
  readonly what: string;
  /** Types of the first event that it decides, one of them; none for what the log does not hold. */
  readonly decides: readonly string[];
  attempts: number;
  answer?: Answer;
}

/** Every command that was ever sent. A command is acknowledged once, whatever became of its earlier attempts. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];

  constructor(
    readonly accountId: string,
    private readonly run: string,
  ) {}

  open(what: string, decides: readonly string[]): LedgerEntry {
    const key = `soak-${this.run}-${this.entries.length}`;
    const commandId = deterministicId(`request/${this.accountId}/${key}`);
    const entry: LedgerEntry = { key, commandId, what, decides, attempts: 0 };
    this.entries.push(entry);
    return entry;
  }

  get acknowledged(): number {
    return this.entries.filter(({ answer }) => answer !== undefined).length;
  }

  get refused(): number {
    return this.entries.filter(isRefused).length;
  }
}

export const isAccepted = ({ answer }: LedgerEntry): boolean => answer !== undefined && answer.status < 300;
export const isRefused = ({ answer }: LedgerEntry): boolean => answer !== undefined && answer.status >= 400;
