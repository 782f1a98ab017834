/** Tells when a read model document has changed; the application implements it from the projections' commits. */
export abstract class Changes {
  /**
   * A value after each commit that touched the flow log; commits that follow each other while nobody asks may be told as
   * one. Listening starts with the call, so what happens between the call and the first `next` is told. Ends when the
   * consumer returns, or when the service stops.
   */
  abstract flowLogChanges(accountId: string, flowLogId: string): AsyncIterable<void>;
}
