import { flowLogIdFor } from './flow-log-id';

describe('the id of a flow log', () => {
  it.each([
    ['cn-hangzhou', 'bp1'],
    ['cn-qingdao', 'm5e'],
  ])('in %s begins with %s', (region, code) =>
    expect(flowLogIdFor(region, 'command-1')).toMatch(new RegExp(`^fl-${code}[a-z0-9]{18}$`)),
  );
  it('has a code for a region of our own, too', () =>
    expect(flowLogIdFor('basement-1', 'command-1')).toMatch(/^fl-[a-z0-9]{21}$/));
  it('is the same for the same command', () =>
    expect(flowLogIdFor('cn-hangzhou', 'command-1')).toBe(flowLogIdFor('cn-hangzhou', 'command-1')));
  it('is another for another command', () =>
    expect(flowLogIdFor('cn-hangzhou', 'command-1')).not.toBe(flowLogIdFor('cn-hangzhou', 'command-2')));
});
