import { Command } from 'commander';
import { example } from './cli';
import type { Surroundings } from './cli';
import { addAuditCommands } from './commands/audit';
import { addBackupCommands } from './commands/backup';
import { addCaptureCommands } from './commands/capture';
import { addDemoCommand } from './commands/demo';
import { addDoctorCommand } from './commands/doctor';
import { addEraseCommand } from './commands/erase';
import { addEventCommands } from './commands/events';
import { addExplainCommand } from './commands/explain';
import { addFlowLogCommands } from './commands/flow-logs';
import { addLogServiceCommands } from './commands/log-service';
import { addLogCommands } from './commands/logs';
import { addNetworkCommands } from './commands/network';
import { addProcessCommands } from './commands/processes';
import { addProjectionCommands } from './commands/projections';
import { addSimulationCommands } from './commands/simulate';
import { addStartCommand } from './commands/start';
import { addTokenCommands } from './commands/tokens';
import { describeFailure } from './failures';
import { exitCodeOf } from './exit-codes';
import { packageVersion } from './package-version';

const groups = [
  addStartCommand,
  addDemoCommand,
  addSimulationCommands,
  addCaptureCommands,
  addNetworkCommands,
  addLogServiceCommands,
  addFlowLogCommands,
  addLogCommands,
  addAuditCommands,
  addEventCommands,
  addExplainCommand,
  addEraseCommand,
  addTokenCommands,
  addDoctorCommand,
  addBackupCommands,
  addProjectionCommands,
  addProcessCommands,
];

const environmentHelp = `
Environment:
  FLOWLEDGER_URL       of the service (http://127.0.0.1:8080)
  FLOWLEDGER_TOKEN     API token; <data>/root-token when absent
  FLOWLEDGER_DATA_DIR  data directory of the service (./data)

Exit codes: 0 done, 1 refused, 2 usage, 69 service unavailable, 78 configuration`;

export function buildProgram(surroundings: Surroundings): Command {
  const program = new Command('flowledger')
    .description('VPC flow logs as a service that you run yourself')
    .version(packageVersion())
    .option('--json', 'JSON on standard output, and nothing else there')
    .exitOverride()
    .showHelpAfterError('("--help" shows what there is)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => surroundings.answers.write(text),
      writeErr: (text) => surroundings.remarks.write(text),
    })
    .addHelpText('after', environmentHelp)
    .addHelpText('after', example('demo', 'flow-logs list --json'));
  for (const add of groups) add(program, surroundings);
  return program;
}

/** Carries out one command line and gives its exit code. @param operands without the program's name */
export async function run(surroundings: Surroundings, operands: readonly string[]): Promise<number> {
  try {
    await buildProgram(surroundings).parseAsync([...operands], { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error)) {
      for (const line of describeFailure(error)) surroundings.remarks.write(`${line}\n`);
    }
    return exitCodeOf(error);
  }
}
