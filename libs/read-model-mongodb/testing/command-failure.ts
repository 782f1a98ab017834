import type { Document } from './wire';

/** What a server answers with `ok: 0`. */
export class CommandFailure extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly labels: readonly string[] = [],
  ) {
    super(message);
  }

  reply(): Document {
    return {
      ok: 0,
      code: this.code,
      errmsg: this.message,
      ...(this.labels.length && { errorLabels: this.labels }),
    };
  }
}

export const writeConflict = () =>
  new CommandFailure(112, 'WriteConflict: please retry your operation or transaction', [
    'TransientTransactionError',
  ]);
