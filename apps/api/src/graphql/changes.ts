/** Tells when a read model document has changed; the application feeds it from the projections' commits. */
export abstract class Changes {
  /**
   * A value after each commit that touched the flow log; commits that follow each other while nobody asks may be told as
   * one. Listening starts when the iterator is made, so nothing between that and the first `next` is missed. `return`
   * ends a `next` that waits. Ends when the service stops.
   */
  abstract flowLogChanges(accountId: string, flowLogId: string): AsyncIterable<void>;
}
