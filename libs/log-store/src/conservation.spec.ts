import * as fc from 'fast-check';
import { batchOf, entriesFor, everything, planned, StoreFixture } from '../testing/fixture';
import type { EmbeddedLogStore } from './embedded-log-store';

const fixture = new StoreFixture();
afterEach(() => fixture.dispose());

const flowLogs = ['fl-1', 'fl-2', 'fl-3'];
const flowLog = fc.constantFrom(...flowLogs);
const logstore = fc.constantFrom('ls-1', 'ls-2');

type Operation =
  | { write: { flowLogIds: string[]; count: number }[] }
  | { deliver: string; to: string; segments: number }
  | { expire: string }
  | { advance: number }
  | { bounds: true }
  | { retain: true }
  | { compact: true }
  | { reopen: true };

const part = fc.record({ flowLogIds: fc.uniqueArray(flowLog), count: fc.integer({ min: 1, max: 4 }) });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ write: fc.array(part, { maxLength: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ deliver: flowLog, to: logstore, segments: fc.integer({ min: 1, max: 3 }) }),
  },
  fc.record({ expire: flowLog }),
  fc.record({ advance: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ bounds: fc.constant(true as const) }),
  fc.record({ retain: fc.constant(true as const) }),
  fc.record({ compact: fc.constant(true as const) }),
  fc.record({ reopen: fc.constant(true as const) }),
);

describe('whatever happens', () => {
  it('every entry stored for a flow log is delivered, spooled or expired, and none is two of these', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 10 }), async (operations) => {
        await fixture.dispose();
        const limits = { spoolBytes: 12_000, spoolAgeSeconds: 4_000 };
        let store = await fixture.open({ limits });
        store.reconcile([planned('ls-1'), planned('ls-2')]);
        const stored: Record<string, number> = {};
        for (const step of operations) {
          if ('reopen' in step) {
            await store.close();
            store = await fixture.open({ limits });
          } else if ('write' in step) {
            const entries = step.write.flatMap(({ flowLogIds, count }) => entriesFor(flowLogIds, count));
            const { entriesByFlowLog } = await store.writeSegment(batchOf(entries));
            for (const [id, count] of Object.entries(entriesByFlowLog))
              stored[id] = (stored[id] ?? 0) + count;
          } else await apply(store, step);
          for (const id of flowLogs) {
            const gauges = store.spool(id);
            const expired = Object.values(gauges.expired).reduce((sum, count) => sum + count, 0);
            expect(gauges.storedEntries).toBe(stored[id] ?? 0);
            expect(gauges.deliveredEntries + gauges.spooledEntries + expired).toBe(gauges.storedEntries);
          }
        }
        const visible = await Promise.all(['ls-1', 'ls-2'].map((id) => store.query(id, everything)));
        const delivered = flowLogs.reduce((sum, id) => sum + store.spool(id).deliveredEntries, 0);
        expect(visible[0]!.count + visible[1]!.count).toBe(delivered);
      }),
      { numRuns: 12 },
    );
  });
});

async function apply(
  store: EmbeddedLogStore,
  step: Exclude<Operation, { write: unknown } | { reopen: true }>,
) {
  if ('deliver' in step) store.deliverNext(step.deliver, step.to, step.segments);
  else if ('expire' in step) store.expire(step.expire, 'FlowLogDeleted');
  else if ('advance' in step) fixture.clock.advance(step.advance);
  else if ('bounds' in step) store.enforceSpoolBounds();
  else if ('compact' in step) await store.compact({ olderThan: fixture.clock.milliseconds / 1000 + 3_600 });
  else await store.applyRetention();
}
