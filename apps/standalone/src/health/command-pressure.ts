import type { Exceeded, Pressure } from '@flowledger/api';
import type { PressureLimits } from './limits';
import type { HealthSignals } from './signals';

type Passed = Omit<Exceeded, 'retryAfterSeconds'>;

/** Each thing that piles up and has passed its limit. Pure. */
export function limitsPassed(
  { consumers, parked, spool }: Pick<HealthSignals, 'consumers' | 'parked' | 'spool'>,
  limits: PressureLimits,
): Passed[] {
  const most = (values: readonly number[]): number => Math.max(0, ...values);
  const rows: Passed[] = [
    {
      reason: 'lag',
      value: Math.round(most(consumers.map(({ lagSeconds }) => lagSeconds))),
      limit: limits.lagSeconds,
      unit: 'seconds',
    },
    { reason: 'parked', value: parked.events, limit: limits.parkedEvents, unit: 'events' },
    {
      reason: 'pending-effects',
      value: most(consumers.map(({ blockedInstances = 0 }) => blockedInstances)),
      limit: limits.blockedProcesses,
      unit: 'instances',
    },
    // At the limit itself the spool begins to give up entries.
    { reason: 'spool', value: spool?.bytes ?? 0, limit: Math.floor(0.95 * limits.spoolBytes), unit: 'bytes' },
  ];
  return rows.filter(({ value, limit }) => value > limit);
}

interface Sample {
  readonly at: number;
  readonly value: number;
}

const shortest = 1;
const longest = 60;
const unknown = 10;

/** Seconds until the value is at its limit, at the rate at which it falls. */
export function secondsToRecover(before: Sample, now: Sample, limit: number): number {
  const fallen = before.value - now.value;
  const seconds = (now.at - before.at) / 1_000;
  if (fallen <= 0 || seconds <= 0) return now.value === before.value ? unknown : longest;
  return Math.min(longest, Math.max(shortest, Math.ceil((now.value - limit) / (fallen / seconds))));
}

const lookEvery = 1_000;

/** Asks the monitor at most once a second, however many commands come. */
export class CommandPressure implements Pressure {
  private current: readonly Exceeded[] = [];
  private readonly samples = new Map<string, Sample>();
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly signals: () => Pick<HealthSignals, 'consumers' | 'parked' | 'spool'>,
    private readonly limits: PressureLimits,
    private readonly now: () => number,
  ) {}

  get mostCommandsInFlight(): number {
    return this.limits.commandsInFlight;
  }

  /** For people; undefined when every command is let in. */
  get refusing(): string | undefined {
    const passed = this.exceeded().map(
      ({ reason, value, limit, unit }) => `${reason} ${value} ${unit} of ${limit}`,
    );
    return passed.length === 0 ? undefined : passed.join(', ');
  }

  exceeded(): readonly Exceeded[] {
    const at = this.now();
    if (at - this.lookedAt < lookEvery) return this.current;
    this.lookedAt = at;
    this.current = limitsPassed(this.signals(), this.limits).map((passed) => {
      const sample = { at, value: passed.value };
      const retryAfterSeconds = secondsToRecover(
        this.samples.get(passed.reason) ?? sample,
        sample,
        passed.limit,
      );
      this.samples.set(passed.reason, sample);
      return { ...passed, retryAfterSeconds };
    });
    return this.current;
  }
}
