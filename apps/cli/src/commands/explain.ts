import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Surroundings } from '../cli';
import { explanationLines } from '../explanation-lines';
import type { Explanation } from '../explanation-lines';

export function addExplainCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('explain')
    .description('Why a thing is as it is: commands, their events, documents and process steps')
    .argument('<id>', 'of a flow log, network interface, vSwitch, VPC, project or token')
    .addHelpText('after', example('explain fl-bp1example', 'explain eni-bp1example --json'))
    .action(
      action(surroundings, async ({ client, output }, _, id) => {
        const path = `/api/v1/audit/explain/${encodeURIComponent(id)}`;
        const explanation = await client.get<Explanation>(path);
        if (output.isJson) output.json(explanation);
        else output.lines(explanationLines(explanation));
      }),
    );
}
