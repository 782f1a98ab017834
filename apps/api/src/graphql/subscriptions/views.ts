/**
 * A view now, and another after each change, until there is none any more. Unlike an async generator it lets go of its
 * changes even when it is left before its first value, or while it waits for one.
 */
export class Views<View> implements AsyncIterableIterator<View> {
  private first: View | undefined;

  constructor(
    now: View,
    private readonly changes: AsyncIterator<void>,
    private readonly look: () => Promise<View | undefined>,
    private readonly onEnd: () => void,
  ) {
    this.first = now;
  }

  async next(): Promise<IteratorResult<View>> {
    if (this.first !== undefined) {
      const value = this.first;
      this.first = undefined;
      return { done: false, value };
    }
    const change = await this.changes.next();
    if (change.done) return this.return();
    try {
      const value = await this.look();
      return value === undefined ? await this.return() : { done: false, value };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<View>> {
    this.first = undefined;
    this.onEnd();
    void this.changes.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
