import fc from 'fast-check';
import type { AggregationInterval } from '@flowledger/flow-record';
import { commonEdge, scheduleOf } from './schedule';
import { remember } from './scope';
import type { AskedCollection, ScopeFlowLog, ScopeInterface } from './scope';

const at = (clock: string): string => `2026-01-01T${clock}.000Z`;
const seconds = (clock: string): number => Date.parse(at(clock)) / 1000;

const eni = (created: string, instanceType = 'ecs.g6.large'): ScopeInterface => ({
  networkInterfaceId: 'eni-1',
  accountId: '1',
  regionId: 'cn-hangzhou',
  vpcId: 'vpc-1',
  vSwitchId: 'vsw-1',
  addresses: ['10.0.0.1'],
  instanceId: 'i-1',
  instanceType,
  collectable: [{ at: at(created), collectable: !instanceType.includes('.n4.') }],
});

const flowLog = (flowLogId: string, ...asked: [string, AggregationInterval | null][]): ScopeFlowLog => ({
  flowLogId,
  accountId: '1',
  resourceType: 'VPC',
  resourceId: 'vpc-1',
  vpcId: 'vpc-1',
  trafficType: 'All',
  trafficPath: ['all'],
  aggregationInterval: asked.findLast(([, interval]) => interval)?.[1] ?? 10,
  ipVersion: 'IPv4',
  status: 'Active',
  changedAt: at('00:00:00'),
  logstoreId: 'ls-1',
  asked: asked.map(([clock, aggregationInterval]): AskedCollection => ({
    at: at(clock),
    aggregationInterval,
    ipVersion: 'IPv4',
  })),
});

const intervals = (now: string, ...flowLogs: ScopeFlowLog[]) =>
  scheduleOf(eni('00:00:00'), flowLogs, at(now)).map(({ from, aggregationInterval, flowLogs: members }) => ({
    from,
    aggregationInterval,
    members: members.map(({ flowLogId }) => flowLogId),
  }));

describe('an interface without flow logs', () => {
  it('is not collected', () => {
    expect(intervals('01:00:00')).toEqual([{ from: 0, aggregationInterval: null, members: [] }]);
  });
});

describe('an interface with one flow log of 5 minutes, started at 01:02:03', () => {
  const five = flowLog('five', ['01:02:03', 5]);

  it('is collected from the next edge of 5 minutes on', () => {
    expect(intervals('01:02:10', five)).toEqual([
      { from: 0, aggregationInterval: null, members: [] },
      { from: seconds('01:05:00'), aggregationInterval: 5, members: ['five'] },
    ]);
    expect(intervals('01:05:00', five)).toHaveLength(1);
  });

  it('is collected at once when it started on an edge', () => {
    expect(intervals('01:05:00', flowLog('five', ['01:05:00', 5]))).toHaveLength(1);
  });

  it('changes to 1 minute when a second flow log asks for it, at an edge of both', () => {
    expect(intervals('01:11:30', five, flowLog('one', ['01:11:00', 1]))).toEqual([
      { from: seconds('01:05:00'), aggregationInterval: 5, members: ['five'] },
      { from: seconds('01:15:00'), aggregationInterval: 1, members: ['five', 'one'] },
    ]);
  });

  it('goes back to 5 minutes when the second one stops', () => {
    const one = flowLog('one', ['01:11:00', 1], ['01:22:00', null]);
    expect(intervals('01:22:30', five, one)).toEqual([
      { from: seconds('01:15:00'), aggregationInterval: 1, members: ['five', 'one'] },
      { from: seconds('01:25:00'), aggregationInterval: 5, members: ['five'] },
    ]);
  });

  it('takes back a change that has not come into force', () => {
    const one = flowLog('one', ['01:11:00', 1], ['01:12:00', null]);
    expect(intervals('01:13:00', five, one)).toEqual([
      { from: seconds('01:05:00'), aggregationInterval: 5, members: ['five'] },
    ]);
  });
});

describe('an interface of an old instance family', () => {
  it('is never collected', () => {
    const [period] = scheduleOf(
      eni('00:00:00', 'ecs.n4.small'),
      [flowLog('one', ['01:00:00', 1])],
      at('02:00:00'),
    );
    expect(period!.aggregationInterval).toBeNull();
  });
});

describe('an interface created after its flow log', () => {
  it('is collected from the first edge after its creation', () => {
    const schedule = scheduleOf(eni('03:00:30'), [flowLog('one', ['01:00:00', 1])], at('03:00:40'));
    expect(schedule.at(-1)).toMatchObject({ from: seconds('03:01:00'), aggregationInterval: 1 });
  });
});

const interval = fc.constantFrom<AggregationInterval | null>(null, 1, 5, 10);

describe('the edge of a change', () => {
  it('is an edge of both intervals, not before the change and at most ten minutes after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), interval, interval, (time, before, after) => {
        const edge = commonEdge(new Date(time).toISOString(), before, after);
        for (const minutes of [before, after]) if (minutes) expect(edge % (60 * minutes)).toBe(0);
        expect(edge * 1000 - time).toBeGreaterThanOrEqual(0);
        expect(edge * 1000 - time).toBeLessThan(600_000);
      }),
    );
  });
});

describe('a history', () => {
  it('may forget what it forgets: the schedule stays the same', () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 60 * 60_000 }), interval);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const asked = changes
          .toSorted(([a], [b]) => a - b)
          .map(([offset, aggregationInterval]): AskedCollection => {
            return { at: new Date(offset).toISOString(), aggregationInterval, ipVersion: 'IPv4' };
          });
        const remembered = asked.reduce<AskedCollection[]>((history, next) => remember(history, next), []);
        const networkInterface = {
          ...eni('00:00:00'),
          collectable: [{ at: new Date(0).toISOString(), collectable: true }],
        };
        const now = asked.at(-1)!.at;
        const last = (history: AskedCollection[]) =>
          scheduleOf(networkInterface, [{ ...flowLog('x'), asked: history }], now).at(-1)!;
        expect(last(remembered).aggregationInterval).toBe(last(asked).aggregationInterval);
        expect(last(remembered).flowLogs).toEqual(last(asked).flowLogs);
      }),
    );
  });
});
