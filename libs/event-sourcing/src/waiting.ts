/** Those who wait for a condition that changes from time to time. */
export class Waiting {
  private readonly checks = new Set<() => void>();

  /** Resolves true when the condition holds, false when it did not within the time. */
  until(condition: () => boolean, timeoutMilliseconds: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.checks.delete(check);
        resolve(reached);
      };
      const check = (): void => {
        if (condition()) settle(true);
      };
      const timer = setTimeout(() => settle(false), timeoutMilliseconds);
      this.checks.add(check);
    });
  }

  /** Something changed. */
  wake(): void {
    for (const check of [...this.checks]) check();
  }
}
