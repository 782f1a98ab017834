import { Rejected } from '@flowledger/event-sourcing';

export type AccessErrorCode =
  | 'InvalidTokenName'
  | 'InvalidRole'
  /** There is none, or it is revoked already. */
  | 'TokenNotFound'
  | 'TokenQuotaExceeded'
  /** The request was carried out before; its answer was the only one with the secret. */
  | 'TokenSecretAlreadyShown';

export class AccessRejected extends Rejected<AccessErrorCode> {}
