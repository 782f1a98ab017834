/** Wakes whoever waits for the next commit, or for the end of the store. */
export class CommitSignal {
  private readonly waiting = new Set<() => void>();

  get listeners(): number {
    return this.waiting.size;
  }

  wake(): void {
    for (const resolve of [...this.waiting]) resolve();
  }

  /** Resolves at the next `wake` or when the signal is aborted. */
  next(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = (): void => {
        this.waiting.delete(settle);
        signal?.removeEventListener('abort', settle);
        resolve();
      };
      this.waiting.add(settle);
      signal?.addEventListener('abort', settle);
    });
  }
}
