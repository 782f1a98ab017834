import { resolve } from 'node:path';
import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { Refused } from '../failures';
import { packageVersion } from '../package-version';
import { metricSamples } from '../metric-samples';

export function addDoctorCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('doctor')
    .description('Examine the running service, or with --data every record of a stopped one')
    .option('--data <directory>', 'data directory that no process holds')
    .addHelpText('after', example('doctor', 'doctor --data ./data'))
    .action(
      action<{ data?: string }>(surroundings, async (session, { data }) => {
        await (data === undefined ? examineService(session) : examineDirectory(session, resolve(data)));
      }),
    );
}

interface Health {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

interface Signals {
  readonly state: string;
  readonly signals: readonly {
    readonly name: string;
    readonly of?: string;
    readonly state: string;
    readonly why: string;
  }[];
}

async function examineService({ client, output, settings }: Session): Promise<void> {
  const health = (await (await client.answer('GET', '/health/ready', { public: true })).json()) as Health;
  const { state, signals } = await client.get<Signals>('/api/v1/health');
  const red = signals.filter((signal) => signal.state === 'red');
  const { info } = await client.get<{ info: { version: string } }>('/api/openapi.json');
  const metrics = metricSamples(await (await client.send('GET', '/metrics')).text());
  const versions = { interface: info.version, 'command line': packageVersion(), node: process.version };
  output.facts(
    { url: settings.url.origin, ...health, state, signals, versions, metrics },
    {
      service: settings.url.origin,
      versions: Object.entries(versions).map(([of, version]) => `${of} ${version}`),
      ready: health.ready ? 'yes' : 'no',
      health: state,
      ...metrics,
    },
  );
  if (!health.ready) throw new Refused('The service is not ready', health.problems);
  if (red.length > 0) {
    throw new Refused(
      'The service is not healthy',
      red.map(({ name, of, why }) => `${name}${of ? ` of ${of}` : ''}: ${why}`),
    );
  }
}

async function examineDirectory({ output }: Session, directory: string): Promise<void> {
  const { examine } = await import('../offline/examination.js');
  const found = await examine(directory, (text) => output.note(text));
  output.facts(
    { directory, ...found },
    {
      directory,
      events: found.events,
      segments: found.segments,
      bytes: found.bytes,
      ...Object.fromEntries(
        found.consumers.map(({ consumer, checkpoint = 'none', parkedEvents }) => [
          consumer,
          `at ${checkpoint}${parkedEvents > 0 ? `, ${parkedEvents} parked events` : ''}`,
        ]),
      ),
      damage: found.damage.length === 0 ? 'none' : found.damage.length,
    },
  );
  if (found.damage.length > 0) {
    throw new Refused(`${directory} is damaged; nothing was changed`, found.damage);
  }
}
