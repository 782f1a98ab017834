/** Makes a suite fail if the process saw one promise that nobody handled: by default that ends a Node process. */
export function expectNoUnhandledRejection(): void {
  const seen: unknown[] = [];
  const note = (reason: unknown) => seen.push(reason);
  beforeAll(() => process.on('unhandledRejection', note).on('uncaughtException', note));
  afterAll(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note).off('uncaughtException', note);
    expect(seen).toEqual([]);
  });
}
