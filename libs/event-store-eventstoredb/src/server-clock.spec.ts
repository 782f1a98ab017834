import { ServerClock } from './server-clock';

const now = Date.UTC(2026, 0, 1);
const observed = (...aheadMs: number[]) => {
  const warnings: string[] = [];
  const clock = new ServerClock((warning) => warnings.push(warning));
  for (const ahead of aheadMs) clock.observe(new Date(now + ahead), now);
  return { clock, warnings };
};

describe('a server that tells its time in whole seconds', () => {
  it.each([0, -999, 1_500])('is not suspected %i ms away', (ahead) => {
    const { clock, warnings } = observed(ahead);
    expect([clock.suspicion, warnings]).toEqual(['', []]);
  });

  it.each([
    [12_000, '12 s ahead of ours'],
    [-31_000, '30 s behind ours'],
  ])('Q1 is suspected, and the operator warned, %i ms away', (ahead, words) => {
    const { clock, warnings } = observed(ahead);
    expect(clock.suspicion).toContain(words);
    expect(warnings).toEqual([expect.stringContaining(words)]);
  });

  it('is warned about once, and again after it was right', () => {
    expect(observed(9_000, 9_000, 9_000).warnings).toHaveLength(1);
    expect(observed(9_000, 0, 9_000).warnings).toHaveLength(2);
  });
});
