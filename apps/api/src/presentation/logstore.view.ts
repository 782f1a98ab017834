import type { LogstoreDocument } from '@flowledger/log-service';

/** Clients know a logstore by its two names; the internal id tells one from another of the same names. */
export type LogstoreJson = Omit<LogstoreDocument, 'logstoreId'>;

export function presentLogstore({ logstoreId: _, ...logstore }: LogstoreDocument): LogstoreJson {
  return logstore;
}
