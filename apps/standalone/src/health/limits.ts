import type { HealthLimits } from './verdict';

/** Commands are refused beyond these. */
export interface PressureLimits {
  readonly lagSeconds: number;
  readonly parkedEvents: number;
  readonly blockedProcesses: number;
  readonly spoolBytes: number;
  readonly commandsInFlight: number;
}

/** Red half way to where commands are refused, so that somebody is told before. */
export const healthLimits = ({
  lagSeconds,
  parkedEvents,
  blockedProcesses,
  spoolBytes,
}: PressureLimits): HealthLimits => ({
  lagSeconds: lagSeconds / 2,
  latencySeconds: 5,
  parkedEvents: Math.floor(parkedEvents / 2),
  parkedSeconds: 86_400,
  blockedInstances: Math.floor(blockedProcesses / 2),
  restartsPerHour: 20,
  spoolBytes: Math.floor(spoolBytes / 2),
});
