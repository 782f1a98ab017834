import { performance } from 'node:perf_hooks';
import type { HealthReport, HealthReports, Liveness } from '@flowledger/api';
import { everyAccount, formatPosition, parkedEvents, reasonOf } from '@flowledger/event-sourcing';
import type {
  Clock,
  ConsumerRecord,
  HeadProbe,
  ReadModelStore,
  WorkReport,
} from '@flowledger/event-sourcing';
import { consumerSignals } from './consumer-signals';
import { LatencyWindow } from './latency-window';
import { Restarts } from './restarts';
import type { FaultSignals, HealthSignals, ParkedSignals, SpoolSignals } from './signals';
import { verdictOf } from './verdict';
import type { HealthLimits } from './verdict';

export interface HealthMonitorOptions {
  readonly readModels: ReadModelStore;
  readonly probe: HeadProbe;
  readonly clock: Clock;
  /** Those that some process must work for at any time. */
  readonly consumers: readonly string[];
  readonly limits: HealthLimits;
  readonly faults: () => FaultSignals;
  /** What the consumers of this process say, by name. */
  readonly local?: () => Readonly<Record<string, WorkReport>>;
  readonly spool?: () => SpoolSignals;
  readonly everyMilliseconds?: number;
  /** A claim of this process was denied since the last look. */
  readonly onDenied?: (consumer: string, times: number) => void;
}

interface Measured {
  readonly at: number;
  readonly records: readonly ConsumerRecord[];
  readonly parked: ParkedSignals;
  readonly spool?: SpoolSignals;
}

const nothing: ParkedSignals = { sequences: 0, events: 0, oldestSeconds: 0 };
/** Every call to a store ends by itself before this. */
const hangsAfterMilliseconds = 120_000;

/**
 * Looks at everything that tells whether the service works, whichever process does the work. What has to be asked for is
 * asked on a beat of its own, so a store that does not answer never holds up who asks for health: it shows as age.
 */
export class HealthMonitor implements HealthReports {
  readonly latency = new LatencyWindow(() => performance.now());
  private readonly restarts = new Restarts(() => performance.now());
  private readonly denied = new Map<string, number>();
  private readonly everyMilliseconds: number;
  private measured: Measured = { at: performance.now(), records: [], parked: nothing };
  private measuring: Promise<void> | undefined;
  private measuringFailure: unknown;
  private probedAt = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private forgetProbe: () => void = () => undefined;
  /** Set by who refuses commands. */
  refusing: () => string | undefined = () => undefined;

  constructor(private readonly options: HealthMonitorOptions) {
    this.everyMilliseconds = options.everyMilliseconds ?? 1_000;
  }

  async start(): Promise<void> {
    this.probedAt = performance.now();
    this.forgetProbe = this.options.probe.onLook(() => (this.probedAt = performance.now()));
    this.options.probe.start();
    await this.measure();
    this.timer = setInterval(() => void this.measure(), this.everyMilliseconds);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.forgetProbe();
    await this.measuring;
    await this.options.probe.stop();
  }

  /** Never rejects: what cannot be measured grows old. */
  measure(): Promise<void> {
    this.measuring ??= this.look()
      .then(
        () => (this.measuringFailure = undefined),
        (error: unknown) => (this.measuringFailure = error),
      )
      .then(() => (this.measuring = undefined));
    return this.measuring;
  }

  signals(): HealthSignals {
    const { probe, consumers, faults, local } = this.options;
    const { at, records, parked, spool } = this.measured;
    const secondsAgo = (performance.now() - at) / 1_000;
    const locals = local?.() ?? {};
    const latency = this.latency.read();
    const refusing = this.refusing();
    return {
      measuredSecondsAgo: secondsAgo,
      periodSeconds: this.everyMilliseconds / 1_000,
      ...(this.measuringFailure !== undefined && { measuringFailure: reasonOf(this.measuringFailure) }),
      head: {
        ageSeconds: probe.age / 1_000,
        periodSeconds: probe.everyMilliseconds / 1_000,
        ...(probe.head && { position: formatPosition(probe.head) }),
        ...(probe.lastFailure !== undefined && { failure: reasonOf(probe.lastFailure) }),
      },
      consumers: consumers.map((consumer) =>
        consumerSignals(probe, {
          consumer,
          record: records.find((record) => record.consumer === consumer),
          local: locals[consumer],
          recordSecondsAgo: secondsAgo,
          restartsPerHour: this.restarts.inLastHour(consumer),
        }),
      ),
      parked,
      faults: faults(),
      ...(latency && { latency }),
      ...(spool && { spool }),
      ...(refusing !== undefined && { refusing }),
    };
  }

  report(): HealthReport {
    return { at: this.options.clock.now(), ...verdictOf(this.signals(), this.options.limits) };
  }

  /** A store that is away is no reason to restart; a call to it that never ends, or an unknown state of ours, is. */
  liveness(): Liveness {
    const stands = performance.now() - this.probedAt;
    const problems = [
      stands > hangsAfterMilliseconds && `The probe of the log has hung for ${Math.round(stands / 1_000)} s`,
      this.options.faults().uncaughtExceptions > 0 && 'An exception was not caught',
    ].filter((problem) => problem !== false);
    return { live: problems.length === 0, problems };
  }

  private async look(): Promise<void> {
    const { readModels, consumers, local, onDenied } = this.options;
    const records = await readModels.consumers();
    const parked = await this.lookAtParked(records);
    for (const { consumer, lease, report } of records) {
      if (!consumers.includes(consumer)) continue;
      this.restarts.saw(consumer, lease?.owner, Number(report?.generation ?? 0));
    }
    for (const [consumer, { denied }] of Object.entries(local?.() ?? {})) {
      const more = Number(denied ?? 0) - (this.denied.get(consumer) ?? 0);
      this.denied.set(consumer, Number(denied ?? 0));
      if (more > 0) onDenied?.(consumer, more);
    }
    const spool = this.options.spool?.();
    this.measured = { at: performance.now(), records, parked, ...(spool && { spool }) };
  }

  private async lookAtParked(records: readonly ConsumerRecord[]): Promise<ParkedSignals> {
    const { readModels, clock } = this.options;
    const events = await readModels.count(parkedEvents, everyAccount);
    if (events === 0) return nothing;
    const sort = { by: 'order', direction: 'ascending' } as const;
    const { items } = await readModels.find(parkedEvents, everyAccount, { sort, limit: 1 });
    const since = items[0] ? Date.parse(items[0].parkedAt) : clock.epochMilliseconds();
    const sequences = records.reduce((sum, { report }) => sum + Number(report?.parkedSequences ?? 0), 0);
    return { events, sequences, oldestSeconds: (clock.epochMilliseconds() - since) / 1_000 };
  }
}
