import { comparePositions } from '@flowledger/event-sourcing';
import { Findings } from './check';
import type { Check } from './check';
import type { LogOfRun } from './log-of-run';

/** No event twice, no hole in a stream, positions that only grow. */
export function logIsWhole(log: LogOfRun): Check {
  const findings = new Findings();
  findings.count('events', log.events.length);
  findings.count('streams', log.byStream.size);
  for (const [id, events] of log.byId)
    findings.expect(
      events.length === 1,
      () => `event ${id} (${events[0]!.type}) is there ${events.length} times`,
    );
  for (const [stream, events] of log.byStream) {
    const hole = events.findIndex(({ revision }, index) => revision !== BigInt(index));
    findings.expect(hole < 0, () => `${stream} has no revision ${hole}`);
  }
  const back = log.events.findIndex(
    ({ position }, index) => index > 0 && comparePositions(log.events[index - 1]!.position, position) >= 0,
  );
  findings.expect(back < 0, () => `the position of event ${back} is not after the one before`);
  return findings.as('the log is whole');
}
