import { eventId } from '@flowledger/event-sourcing';
import type { ProcessCommandFailed, ProcessStepTaken } from '@flowledger/event-sourcing';
import { Findings } from './check';
import type { Check } from './check';
import type { LogOfRun } from './log-of-run';

type Step = ProcessStepTaken['data'];

/** Each input is seen once by an instance, and each command of a step has one effect: its events, a refusal, or nothing left to do. */
export function stepsAgainstEffects(log: LogOfRun): Check {
  const findings = new Findings();
  const steps = log.ofType<Step>('ProcessStepTaken');
  const inputs = new Set<string>();
  for (const { stream, data } of steps) {
    const input = `${stream} ${data.input.id}`;
    findings.expect(!inputs.has(input), () => `${stream} has seen ${data.input.type} ${data.input.id} twice`);
    inputs.add(input);
  }
  const refusals = new Set(
    steps
      .filter(({ data }) => data.input.type === 'CommandRefused')
      .map(({ stream, data }) => `${stream} ${causeOf(data)}`),
  );
  for (const { stream, data } of steps) {
    findings.count('steps');
    for (const { commandId, type } of data.commands) {
      const effects = log.byId.get(eventId(commandId, 0))?.length ?? 0;
      findings.expect(effects < 2, () => `${type} of ${stream} had its effect ${effects} times`);
      if (effects === 1) findings.count('commands with their effect');
      else if (refusals.has(`${stream} ${type}`)) findings.count('commands refused');
      else findings.count(`${type} with nothing left to do`);
    }
  }
  for (const { stream, data } of log.ofType<ProcessCommandFailed['data']>('ProcessCommandFailed')) {
    findings.count('commands tried again');
    findings.expect(
      data.answer !== 'stop',
      () => `${stream} stands still: ${data.commandType}: ${data.reason}`,
    );
  }
  for (const { stream, data } of log.ofType<{ reason: string }>('ProcessInputParked'))
    findings.problem(`${stream} has parked an input: ${data.reason}`);
  return findings.as('process steps against effects');
}

const causeOf = ({ input }: Step): string => (input.data as { commandType: string }).commandType;
