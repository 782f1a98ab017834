import { createHash } from 'node:crypto';
import type { Decider, Event } from '@flowledger/event-sourcing';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; empty for no body. */
  readonly body: string;
}

export type RequestAccepted = Event<'RequestAccepted', { hash: string }>;
export type RequestAnswered = Event<'RequestAnswered', { answer: Answer }>;
export type ReceiptEvent = RequestAccepted | RequestAnswered;

export type ReceiptCommand =
  | { readonly type: 'AcceptRequest'; readonly hash: string }
  | { readonly type: 'AnswerRequest'; readonly answer: Answer };

export interface Receipt {
  readonly hash?: string;
  readonly answer?: Answer;
}

/** The key is hashed: it may be long, and it is the client's. */
export const receiptStream = (accountId: string, key: string): string =>
  `request-${accountId}-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;

/** One request that carries an Idempotency-Key: its hash, then its answer. What is there stays. */
export const receiptDecider: Decider<Receipt, ReceiptCommand, ReceiptEvent> = {
  initialState: () => ({}),
  decide(command, receipt) {
    switch (command.type) {
      case 'AcceptRequest':
        return receipt.hash === undefined ? [{ type: 'RequestAccepted', data: { hash: command.hash } }] : [];
      case 'AnswerRequest':
        return receipt.answer === undefined
          ? [{ type: 'RequestAnswered', data: { answer: command.answer } }]
          : [];
    }
  },
  evolve: (receipt, { data }) => ({ ...receipt, ...data }),
};
