import { Schedule } from './schedule';

const calls = (count: number) => {
  let reached: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (reached = resolve));
  let left = count;
  return { all, call: () => --left <= 0 && reached() };
};

describe('a schedule', () => {
  it('tells of each failure, thrown or rejected, and goes on', async () => {
    const failures: unknown[] = [];
    const { all, call } = calls(4);
    const failing = (task: () => Promise<void>) => ({
      everyMilliseconds: 1,
      task,
      onFailure: (error: unknown) => {
        failures.push(error);
        call();
      },
    });
    const schedule = new Schedule([
      failing(() => {
        throw new Error('thrown');
      }),
      failing(() => Promise.reject(new Error('rejected'))),
    ]);
    await all;
    await schedule.stop();
    expect(failures).toContainEqual(new Error('thrown'));
    expect(failures).toContainEqual(new Error('rejected'));
  });

  it('runs no task twice at once, and waits for it when it stops', async () => {
    let running = 0;
    let most = 0;
    let finished = 0;
    const { all, call } = calls(3);
    const task = async (): Promise<void> => {
      most = Math.max(most, ++running);
      call();
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      finished++;
    };
    const schedule = new Schedule([{ everyMilliseconds: 1, task, onFailure: () => undefined }]);
    await all;
    await schedule.stop();
    expect({ most, running, finished }).toEqual({ most: 1, running: 0, finished: 3 });
  });
});
