import fc from 'fast-check';
import { Screen, ScriptedService } from '../testing/scripted-service';
import type { Answer, Received } from '../testing/scripted-service';
import { isLaterThan, parseMoment } from './audit-steps';
import { UsageError } from './failures';
import { run } from './program';

const event = (position: number, type: string, stream = 'flowLog-fl-1') => ({
  position: String(position),
  stream,
  revision: 0,
  type,
  recordedAt: `2026-08-05T10:00:${position}Z`,
  actor: 'root',
  command: 'Some',
  data: {},
});
const trail = [
  event(10, 'FlowLogReserved', 'flowLogRegistry-1'),
  event(11, 'FlowLogCreated'),
  event(12, 'FlowLogActivated'),
  event(13, 'LogstoreDeleted', 'project-audit'),
  event(14, 'DeliveryStopped'),
];
const states: Readonly<Record<string, readonly [string, string]>> = {
  11: ['Activating', 'Idle'],
  12: ['Active', 'Delivering'],
  14: ['Active', 'Stopped'],
};

/** The service, as far as a replay asks it. */
function answer({ url }: Received): Answer {
  if (url.includes('/events')) return { body: { items: trail, nextCursor: null } };
  const state = states[/asOf=(\d+)/.exec(url)![1]!];
  if (!state) return { status: 404, body: { title: 'Flow log not found', detail: 'no' } };
  const [status, delivery] = state;
  return {
    body: {
      flowLogId: 'fl-1',
      status,
      deliverStatus: 'SUCCESS',
      deliverErrorMessage: '',
      aggregationInterval: 1,
      trafficPath: [],
      tags: [],
      delivery: { state: delivery, since: '', reason: '' },
    },
  };
}

describe('a replay', () => {
  let service: ScriptedService;
  const replayed = async (...more: string[]) => {
    const screen = new Screen(service.url);
    expect(await run(screen, ['audit', 'replay', 'fl-1', '--json', ...more])).toBe(0);
    const { steps } = JSON.parse(screen.stdout) as {
      steps: { event: { type: string }; flowLog: { status: string; delivery: { state: string } } | null }[];
    };
    return steps.map((step) => [step.event.type, step.flowLog?.status, step.flowLog?.delivery.state]);
  };

  beforeEach(async () => {
    service = await ScriptedService.start(answer);
  });
  afterEach(() => service.stop());

  it('shows the state after each step; events of others leave it as it was', async () => {
    expect(await replayed()).toEqual([
      ['FlowLogReserved', undefined, undefined],
      ['FlowLogCreated', 'Activating', 'Idle'],
      ['FlowLogActivated', 'Active', 'Delivering'],
      ['LogstoreDeleted', 'Active', 'Delivering'],
      ['DeliveryStopped', 'Active', 'Stopped'],
    ]);
  });

  it.each(['12', '2026-08-05T10:00:12.500Z'])('ends at %s', async (moment) => {
    expect((await replayed('--as-of', moment)).at(-1)).toEqual(['FlowLogActivated', 'Active', 'Delivering']);
  });

  it('refuses when there was no such flow log yet', async () => {
    const screen = new Screen(service.url);
    expect(await run(screen, ['audit', 'replay', 'fl-1', '--as-of', '9'])).toBe(1);
    expect(screen.stderr).toBe('There was no flow log fl-1 at 9\n');
  });
});

describe('a moment of the log', () => {
  it('is a time or a position', () => {
    for (const text of ['', 'yesterday', '1.2.3', '-1']) expect(() => parseMoment(text)).toThrow(UsageError);
  });

  it('orders positions by their halves, however large', () => {
    const half = fc.bigInt({ min: 0n, max: 2n ** 63n });
    fc.assert(
      fc.property(half, half, half, half, (commit, prepare, otherCommit, otherPrepare) => {
        const later = isLaterThan(parseMoment(`${commit}.${prepare}`), {
          ...event(1, 'x'),
          position: `${otherCommit}.${otherPrepare}`,
        });
        expect(later).toBe(otherCommit > commit || (otherCommit === commit && otherPrepare > prepare));
      }),
    );
  });
});
