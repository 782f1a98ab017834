/** By hand, because a generator that waits for its source cannot be told to return. */
export const mappedAsync = <T>(
  source: AsyncIterable<T>,
  map: (item: T) => T | Promise<T>,
): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const iterator = source[Symbol.asyncIterator]();
    const end = async (): Promise<IteratorResult<T>> => {
      await iterator.return?.();
      return { done: true, value: undefined };
    };
    return {
      async next() {
        const item = await iterator.next();
        if (item.done) return item;
        try {
          return { done: false, value: await map(item.value) };
        } catch (error) {
          // Whoever iterates does not call `return` after an error: the source would stay open.
          await end();
          throw error;
        }
      },
      return: end,
    };
  },
});
