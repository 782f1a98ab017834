/** Our own timer ran out; the client's promise may stay pending for ever. */
export class OwnTimeout extends Error {
  constructor(what: string, milliseconds: number) {
    super(`${what} took longer than ${milliseconds} ms`);
    this.name = 'OwnTimeout';
  }
}

/**
 * The promise, or {@link OwnTimeout}, or the reason of `signal`, whichever is first. A promise that loses may reject
 * later: that rejection counts as handled.
 */
export function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  what: string,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const aborted = () => settle(() => reject(signal!.reason as Error));
    const timer = setTimeout(() => settle(() => reject(new OwnTimeout(what, milliseconds))), milliseconds);
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      outcome();
    };
    promise.then(
      (value) => settle(() => resolve(value)),
      (error: Error) => settle(() => reject(error)),
    );
    if (signal?.aborted) aborted();
    else signal?.addEventListener('abort', aborted);
  });
}
