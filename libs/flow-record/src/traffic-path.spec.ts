import { pathMatches, trafficPaths } from './traffic-path';

describe('the sampling paths', () => {
  it('are the ten values of the API', () => {
    expect(trafficPaths).toHaveLength(10);
    expect(trafficPaths).not.toContain('virtualBorderRouter');
  });

  it('take any code when all is named, or nothing', () => {
    expect(pathMatches(['all'], 0)).toBe(true);
    expect(pathMatches([], 22)).toBe(true);
  });

  it.each([
    ['internetGateway', [13, 14, 15]],
    ['ipv4Gateway', [13]],
    ['natGateway', [7]],
    ['vpnGateway', [9]],
    ['transitRouter', [8]],
    ['gatewayEndpoint', [6]],
    ['vbr', [10]],
    ['ecr', [21]],
    ['gatewayLoadBalancerEndpoint', [22]],
  ])('%s takes exactly %j', (path, codes) => {
    const taken = Array.from({ length: 23 }, (_, code) => code).filter((code) => pathMatches([path], code));
    expect(taken).toEqual(codes);
  });

  it('add up when several are named, and an unknown one takes nothing', () => {
    expect(pathMatches(['vbr', 'ecr'], 21)).toBe(true);
    expect(pathMatches(['constructor'], 0)).toBe(false);
  });
});
