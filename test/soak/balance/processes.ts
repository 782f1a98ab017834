import type { ProductProcess } from '../deployment/product-process';
import { mostMegabytesAMinute } from '../faults/memory';
import type { MemoryOfProcess } from '../faults/memory';
import { Findings } from './check';
import type { Check } from './check';

/** Nobody caught no fault, nothing ended that was not killed, and the polite stop at the end was clean. */
export function processesAreSound(
  processes: readonly ProductProcess[],
  stops: ReadonlyMap<string, number | string>,
): Check {
  const findings = new Findings();
  for (const { name, lives, complaints, unexpectedEnds } of processes) {
    findings.count(`lives of ${name}`, lives);
    for (const fault of complaints.faults) findings.problem(`${name}: ${fault.slice(0, 500)}`);
    for (const end of unexpectedEnds) findings.problem(end);
    const stop = stops.get(name);
    findings.expect(stop === 0, () => `${name}: the polite stop ended with ${stop}`);
  }
  return findings.as('no unhandled rejection, no end that was not asked for');
}

export function memoryIsFlat(memory: readonly MemoryOfProcess[]): Check {
  const findings = new Findings();
  for (const { process, most, minutes, megabytesAMinute } of memory) {
    findings.count(`${process}: most MB`, most);
    if (megabytesAMinute === null) {
      findings.count(`${process}: longest life of ${minutes} min is too short to judge`);
      continue;
    }
    findings.count(`${process}: MB a minute over ${minutes} min`, megabytesAMinute);
    findings.expect(
      megabytesAMinute < mostMegabytesAMinute,
      () => `${process} grows by ${megabytesAMinute} MB a minute, more than ${mostMegabytesAMinute}`,
    );
  }
  return findings.as('memory is flat');
}
