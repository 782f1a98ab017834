import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import type { Column } from '../table';

type Fields = Readonly<Record<string, unknown>>;

/** A kind of thing that is created, listed and deleted in the same way. */
export interface ResourceKind {
  /** Name of the group of commands. */
  readonly group: string;
  readonly description: string;
  /** What one is called in sentences. */
  readonly singular: string;
  /** `/api/v1/…` of the collection; `parents` are the operands before the one that names the thing. */
  readonly path: (...parents: string[]) => string;
  /** Operands in front of every command, such as the project of a logstore. */
  readonly parents?: readonly string[];
  readonly id: string;
  readonly idOf: (resource: Fields) => string;
  readonly columns: readonly string[];
  readonly example: string;
  /** Adds the arguments and options of `create`. */
  readonly describeCreation: (command: Command) => Command;
  /** The body of the creation, from options and the operands that follow the parents. */
  readonly request: (options: Fields, ...operands: string[]) => Fields;
}

export function addResourceCommands(program: Command, surroundings: Surroundings, kind: ResourceKind): void {
  const { parents = [], path } = kind;
  const group = program.command(kind.group).description(kind.description);
  const command = (name: string, description: string) =>
    parents.reduce(
      (made, parent) => made.argument(`<${parent}>`),
      group.command(name).description(description),
    );
  const split = (operands: string[]) =>
    [operands.slice(0, parents.length), operands.slice(parents.length)] as const;

  kind
    .describeCreation(command('create', `Create a ${kind.singular}`))
    .addHelpText('after', example(kind.example))
    .action(
      action<Fields>(surroundings, async ({ client, output }, options, ...operands) => {
        const [of, own] = split(operands);
        const created = await client.post<Fields>(path(...of), kind.request(options, ...own));
        output.done(created, kind.idOf(created));
      }),
    );
  command('list', `List every ${kind.singular}`).action(
    action(surroundings, async ({ client, output }, _, ...operands) => {
      const found = await client.list<Fields>(path(...operands));
      output.table(kind.columns.map(column), found, `There is no ${kind.singular}`);
    }),
  );
  command('delete', `Delete a ${kind.singular}`)
    .argument(`<${kind.id}>`)
    .action(
      action(surroundings, async ({ client, output }, _, ...operands) => {
        const [of, [id]] = split(operands);
        await client.delete(`${path(...of)}/${encodeURIComponent(id!)}`);
        output.done({ deleted: id }, `${kind.singular} ${id} is deleted`);
      }),
    );
}

const column = (title: string): Column<Fields> => ({ title, of: (resource) => resource[title] });
