import type { CommandContext } from '@flowledger/event-sourcing';
import type { Tracing } from './tracing';

interface Bus {
  execute(command: object): Promise<unknown>;
}

/**
 * Makes a span of each command that a bus carries out. Its parent is the request's, or that of the event that a process
 * manager reacts to, which its recorded input names; the command's events name it in their metadata, so the trace goes on wherever they are handled.
 */
export function traceCommands(bus: Bus, tracing: Tracing): void {
  const execute = bus.execute.bind(bus);
  bus.execute = (command) => {
    const { context } = command as { context?: CommandContext };
    if (!context) return execute(command);
    const { traceId, spanId } = context;
    const parent = traceId ? { traceId, spanId } : undefined;
    const attributes = {
      'flowledger.command_id': context.commandId,
      'flowledger.correlation_id': context.correlationId,
      'flowledger.actor': context.actor,
    };
    const name = `command ${command.constructor.name}`;
    return tracing.run(name, { ...(parent && { parent }), attributes }, (ids) =>
      execute(
        Object.assign(Object.create(Object.getPrototypeOf(command) as object) as object, command, {
          context: { ...context, ...ids },
        }),
      ),
    );
  };
}
