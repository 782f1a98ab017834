import { CommanderError } from 'commander';
import { ConfigurationError, ServiceUnavailable, UsageError } from './failures';

/** A promise to scripts (public interface, Command line). */
export const exitCodes = { done: 0, refused: 1, usage: 2, unavailable: 69, configuration: 78 } as const;

/** What a failed command ends with; help and version that were asked for are no failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof ServiceUnavailable) return exitCodes.unavailable;
  if (error instanceof ConfigurationError) return exitCodes.configuration;
  return exitCodes.refused;
}
