import { eventId } from '@flowledger/event-sourcing';
import { receiptStream } from '../../../apps/api/src/http/request-receipt.decider';
import type { Answer } from '../../../apps/api/src/http/request-receipt.decider';
import { isAccepted } from '../load/ledger';
import type { Ledger, LedgerEntry } from '../load/ledger';
import { Findings } from './check';
import type { Check } from './check';
import type { LogOfRun } from './log-of-run';

/** More events than any command of the soak decides. */
const mostEventsOfACommand = 5;

/** Ledger against log, both ways: what was acknowledged is there once, what was refused is not, nothing else was done. */
export function commandsAgainstEvents(ledger: Ledger, log: LogOfRun): Check {
  const findings = new Findings();
  for (const entry of ledger.entries) balance(entry, ledger.accountId, log, findings);
  const asked = new Set(
    ledger.entries.flatMap(({ commandId }) =>
      Array.from({ length: mostEventsOfACommand }, (_, index) => eventId(commandId, index)),
    ),
  );
  const decidedAtOnce = new Set(ledger.entries.flatMap(({ decides }) => decides));
  for (const { id, type, stream, metadata } of log.events) {
    if (!decidedAtOnce.has(type) || metadata.actor.startsWith('system:')) continue;
    findings.count('events that a command decided');
    findings.expect(asked.has(id), () => `${type} in ${stream} belongs to no command of the ledger`);
  }
  return findings.as('commands against events');
}

function balance(entry: LedgerEntry, accountId: string, log: LogOfRun, findings: Findings): void {
  const { what, key, commandId, decides, answer, attempts } = entry;
  const events = log.byId.get(eventId(commandId, 0)) ?? [];
  if (!answer) return findings.problem(`${what} (${key}) was never answered, after ${attempts} attempts`);
  findings.count(isAccepted(entry) ? 'accepted' : 'refused');
  if (attempts > 1) findings.count('repeated until answered');
  const receipts = (log.byStream.get(receiptStream(accountId, key)) ?? []).filter(
    ({ type }) => type === 'RequestAnswered',
  );
  const kept = receipts.map(({ data }) => (data as { answer: Answer }).answer.status);
  findings.expect(
    kept.length === 1 && kept[0] === answer.status,
    () =>
      `${what} (${key}) was answered ${answer.status} ${answer.code ?? ''}, its receipt says [${kept.join(', ')}]`,
  );
  if (!isAccepted(entry)) {
    findings.expect(
      events.length === 0,
      () => `${what} (${key}) was refused, yet there is ${events[0]!.type}`,
    );
  } else if (decides.length > 0) {
    findings.expect(
      events.length === 1 && decides.includes(events[0]!.type),
      () =>
        `${what} (${key}) was accepted; of its ${decides.join('/')} there are ${events.length} [${events.map(({ type }) => type).join(', ')}]`,
    );
  }
}
