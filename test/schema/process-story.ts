import { deliveryProcess } from '@flowledger/delivery';
import { AggregateStore, newId, processStream } from '@flowledger/event-sourcing';
import { processDecider } from '@flowledger/process-managers';
import type { EventStore, ProcessInput, ProcessManager } from '@flowledger/event-sourcing';
import type { ProcessOrder } from '@flowledger/process-managers';
import { erasureDecider, erasureStream } from '@flowledger/erasure';
import { flowLogLifecycle } from '@flowledger/flow-log';
import { accountId, contextOf } from '../../libs/delivery/testing/control-plane';

const nobody = { flowLogsBoundTo: async () => [], flowLogsOn: async () => [] };

/** What happens to every process manager when commands and inputs of it go wrong, told to its own decider. */
export async function processesInTrouble(events: EventStore): Promise<void> {
  for (const process of [flowLogLifecycle, deliveryProcess(nobody)]) {
    await inTrouble(events, process);
  }
}

async function inTrouble(
  events: EventStore,
  process: ProcessManager<unknown, never, { readonly type: string }>,
): Promise<void> {
  const stream = processStream(process.name, 'fl-in-trouble');
  const commandId = newId();
  const failing = {
    ...process,
    react: () => {
      throw new Error('the input cannot be dealt with');
    },
  };
  const command = { commandId, type: 'CompleteFlowLogCreation', flowLogId: 'fl-in-trouble' };
  const failure = { command, commandId, step: '0', reason: 'no answer', epochMilliseconds: 0 };
  const input: ProcessInput = {
    id: newId(),
    type: 'FlowLogDeleted',
    data: { flowLogId: 'fl-in-trouble', key: 'key', expiredEntries: 0 },
    at: '2026-01-01T00:00:00.000Z',
    correlationId: newId(),
    accountId,
  };
  const orders: ProcessOrder[] = [
    { type: 'RecordFailure', ...failure },
    { type: 'ReleaseCommand', commandId, answer: 'retry' },
    { type: 'ResumeCommands', commandId },
    { type: 'TakeStep', input },
  ];
  const aggregates = new AggregateStore(events);
  for (const order of orders)
    await aggregates.handle(stream, processDecider(failing, stream), order, contextOf());
}

export async function erasure(events: EventStore): Promise<void> {
  const order = { type: 'EraseSubject', accountId, subject: 'vpc-vpc-2', keyIds: [newId()] } as const;
  await new AggregateStore(events).handle(erasureStream, erasureDecider, order, contextOf());
}
