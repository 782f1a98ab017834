import type { Command } from 'commander';
import { Output } from './output';
import type { Sink } from './output';
import { RestClient } from './rest-client';
import { readSettings } from './settings';
import type { Settings } from './settings';

/** What the command line is run in. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly answers: Sink;
  readonly remarks: Sink;
}

/** What a command works with. */
export interface Session {
  readonly environment: NodeJS.ProcessEnv;
  readonly settings: Settings;
  readonly client: RestClient;
  readonly output: Output;
}

type Act<Options> = (session: Session, options: Options, ...operands: string[]) => Promise<void>;

/** Gives a command of commander what it works with. @throws ConfigurationError */
export const action =
  <Options = Record<string, never>>({ environment, answers, remarks }: Surroundings, act: Act<Options>) =>
  async (...parameters: unknown[]): Promise<void> => {
    const command = parameters.at(-1) as Command;
    const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
    const settings = readSettings(environment);
    const session = {
      environment,
      settings,
      client: new RestClient(settings),
      output: new Output(json, answers, remarks),
    };
    await act(session, command.opts<Options & object>(), ...(parameters.slice(0, -2) as string[]));
  };

/** An example below the help. */
export const example = (...lines: string[]): string =>
  `\nExample:\n${lines.map((line) => `  $ flowledger ${line}`).join('\n')}`;
