import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { readyAddress } from '../demo/ready-line';
import { resetDataDirectory } from '../demo/reset';
import { setUpDemo } from '../demo/set-up';
import { welcome, welcomeLines } from '../demo/welcome';
import { RestClient } from '../rest-client';
import { ServiceProcess } from '../service-process';
import { apiToken } from '../settings';

export function addDemoCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('demo')
    .description('Start the service with a sample network, flow logs and live traffic')
    .option('--reset', 'start over: remove the data of earlier runs first')
    .addHelpText('after', example('demo', 'demo --reset'))
    .action(
      action<{ reset?: boolean }>(surroundings, async (session, { reset }) => {
        if (reset) {
          const { isInUse } = await import('../offline/in-use.js');
          await resetDataDirectory(session.settings.dataDirectory, isInUse);
        }
        process.exitCode = await serveDemo(session);
      }),
    );
}

/** Until the service ends; its exit code. */
async function serveDemo({ environment, settings, output }: Session): Promise<number> {
  output.note('Starting the service');
  const service = ServiceProcess.start({ ...environment, FLOWLEDGER_LOG_FORMAT: 'json' }, [
    'ignore',
    'pipe',
    'inherit',
  ]);
  const http = await readyAddress(service.child.stdout!, (text) => output.note(text));
  if (http === undefined) return service.end();
  const { dataDirectory } = settings;
  // The administrator of this very service, whatever FLOWLEDGER_TOKEN is set for.
  const { FLOWLEDGER_TOKEN: _, ...own } = environment;
  const local = { url: new URL(http), dataDirectory, token: () => apiToken(own, dataDirectory) };
  try {
    await setUpDemo(new RestClient(local), (text) => output.note(text));
  } catch (error) {
    await service.stop();
    throw error;
  }
  const greeting = welcome(local, process.cwd(), environment.FLOWLEDGER_ROOT_TOKEN !== undefined);
  if (output.isJson) output.json(greeting);
  else output.lines(welcomeLines(greeting));
  return service.end();
}
