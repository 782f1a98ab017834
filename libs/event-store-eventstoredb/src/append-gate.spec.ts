import { EventStoreUnavailable } from '@flowledger/event-sourcing';
import { AppendGate, TooManyAppends } from './append-gate';

const held = () => {
  let release!: () => void;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
};

describe('a gate that is full', () => {
  it('lets the next in when one leaves, first come first served', async () => {
    const gate = new AppendGate(1, 10);
    const order: number[] = [];
    const first = held();
    const all = [gate.run(() => first.promise)];
    for (const number of [1, 2, 3]) all.push(gate.run(async () => void order.push(number)));
    expect([gate.inFlight, gate.waiting]).toEqual([1, 3]);
    first.release();
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3]);
    expect([gate.inFlight, gate.waiting]).toEqual([0, 0]);
  });

  it('refuses whoever finds the queue full, and says that nothing was sent', async () => {
    const gate = new AppendGate(1, 1);
    const first = held();
    const all = [gate.run(() => first.promise), gate.run(() => Promise.resolve())];
    const refusal = await gate.run(() => Promise.resolve()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TooManyAppends);
    expect(refusal).toBeInstanceOf(EventStoreUnavailable);
    expect((refusal as Error).message).toContain('nothing was sent');
    first.release();
    await Promise.all(all);
  });

  it('gives the place of one that fails to the next', async () => {
    const gate = new AppendGate(1, 5);
    const failing = gate.run(() => Promise.reject(new Error('lost')));
    const next = gate.run(() => Promise.resolve('written'));
    await expect(failing).rejects.toThrow('lost');
    expect(await next).toBe('written');
  });

  it('never lets more in than it should, through thousands of turns', async () => {
    const gate = new AppendGate(7, 5_000);
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 5_000 }, () =>
        gate.run(async () => {
          most = Math.max(most, ++inside);
          await Promise.resolve();
          inside--;
        }),
      ),
    );
    expect([most, inside, gate.inFlight]).toEqual([7, 0, 0]);
  });
});
