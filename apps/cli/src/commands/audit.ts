import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import { auditColumns, parseMoment, replay, stepColumns } from '../audit-steps';
import type { AuditStep } from '../audit-steps';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { Refused } from '../failures';
import { flowLogFacts, flowLogPath } from '../flow-log-shown';
import type { AuditEvent } from '../resources';
import { addAuditBundleCommands } from './audit-bundles';
import { TableFormat } from '../table';

interface EventOptions {
  readonly flowLog?: string;
  readonly after?: string;
  readonly limit?: number;
  readonly follow?: boolean;
}

const pollMilliseconds = 1_000;

export function addAuditCommands(program: Command, surroundings: Surroundings): void {
  const group = program.command('audit').description('Who did what, when, and what became of it');
  group.addHelpText(
    'after',
    example('audit events', 'audit replay fl-bp1example --as-of 2026-08-05T10:00:00Z'),
  );
  group
    .command('events')
    .description('The events of the account, or of one flow log, oldest first')
    .option('--flow-log <id>', 'only what concerns this flow log')
    .option('--after <position>', 'only what came after it')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .option('--follow', 'wait for more; with --json one event a line')
    .addHelpText('after', example('audit events --flow-log fl-bp1example', 'audit events --follow --json'))
    .action(action<EventOptions>(surroundings, showEvents));
  group
    .command('replay')
    .description('Fold the log and show the flow log after each step')
    .argument('<flow-log>')
    .option('--as-of <moment>', 'ISO 8601 time or position; the end of the log when absent')
    .addHelpText('after', example('audit replay fl-bp1example --as-of 1042'))
    .action(action<{ asOf?: string }>(surroundings, showReplay));
  addAuditBundleCommands(group, surroundings);
}

async function showEvents({ client, output }: Session, options: EventOptions): Promise<void> {
  const { flowLog, follow = false, limit = Infinity } = options;
  const path = flowLog ? `${flowLogPath(flowLog)}/events` : '/api/v1/events';
  if (output.isJson && !follow) {
    output.json(await client.list<AuditEvent>(path, { after: options.after }, limit));
    return;
  }
  const table = new TableFormat(auditColumns);
  let { after } = options;
  let left = limit;
  while (left > 0) {
    const events = await client.list<AuditEvent>(path, { after }, Math.min(left, 100));
    if (output.isJson) events.forEach((event) => output.jsonLine(event));
    else if (events.length > 0) output.lines(table.lines(events));
    left -= events.length;
    after = events.at(-1)?.position ?? after;
    if (events.length > 0) continue;
    if (!follow) return;
    await sleep(pollMilliseconds);
  }
}

async function showReplay(
  { client, output }: Session,
  options: { asOf?: string },
  id?: string,
): Promise<void> {
  const steps: AuditStep[] = [];
  const until = options.asOf === undefined ? undefined : parseMoment(options.asOf);
  for await (const step of replay(client, id!, until)) steps.push(step);
  const last = steps.at(-1);
  if (!last) throw new Refused(`There was no flow log ${id} ${options.asOf ? `at ${options.asOf}` : 'yet'}`);
  if (output.isJson) {
    output.json({ flowLogId: id, asOf: options.asOf ?? null, steps, flowLog: last.flowLog });
    return;
  }
  output.lines(new TableFormat(stepColumns).lines(steps));
  output.lines(['', `${id} after position ${last.event.position} (${last.event.recordedAt}):`]);
  if (last.flowLog) output.facts(last.flowLog, flowLogFacts(last.flowLog));
  else output.lines(['It does not exist']);
}
