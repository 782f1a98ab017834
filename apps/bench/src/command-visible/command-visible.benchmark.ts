import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark } from '../benchmark';
import { withService } from '../service/service-under-test';
import { spreadOf } from '../support/statistics';
import { inTemporaryDirectory } from '../support/temporary-directory';

const commands = 300;
const warmUps = 50;

/** A write answers once the read models show it: its answer time is the time from command to visible. */
async function measure(directory: string): Promise<number[]> {
  return withService(directory, async ({ rest }) => {
    const samples: number[] = [];
    for (let command = -warmUps; command < commands; command++) {
      const projectName = `visible-${command + warmUps}`;
      const { status, milliseconds } = await rest.send('POST', '/projects', { projectName, description: '' });
      if (status !== 201) throw new Error(`A write was answered with ${status}: the read models are behind`);
      if (command >= 0) samples.push(milliseconds);
      await sleep(5);
    }
    return samples;
  });
}

export const commandVisible: Benchmark = {
  name: 'command-visible',
  about: 'from a command over REST to its effect in the read models, the service idle otherwise',
  async run() {
    const raw = spreadOf(await inTemporaryDirectory(measure));
    return {
      figures: [
        { name: 'command to visible, p50', value: raw.p50, unit: 'ms' },
        { name: 'command to visible, p99', value: raw.p99, unit: 'ms' },
      ],
      raw,
    };
  },
};
