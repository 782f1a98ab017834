/** The file of the read models cannot be used as it is. Everything in it can be rebuilt from the event log. */
export class ReadModelFileUnusable extends Error {
  constructor(
    readonly path: string,
    reason: string,
    options?: { cause?: unknown },
  ) {
    super(
      `${path} ${reason}. Move it away and start again: the read models are rebuilt from the event log`,
      options,
    );
    this.name = 'ReadModelFileUnusable';
  }
}
