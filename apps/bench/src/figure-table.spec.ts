import { figureTable } from './figure-table';

it('aligns figures and says which promise is missed', () => {
  const lines = figureTable([
    { name: 'appends', value: 12_345.6, unit: 'events/s' },
    { name: 'list p99', value: 21.234, unit: 'ms', promise: { atMost: 20 } },
    { name: 'share', value: 0.5, unit: 'ratio', promise: { atLeast: 0.5 } },
  ]);
  expect(lines).toEqual([
    'figure     value  unit      promise',
    'appends   12,346  events/s',
    'list p99    21.2  ms        at most 20    MISSED',
    'share        0.5  ratio     at least 0.5  kept',
  ]);
});
