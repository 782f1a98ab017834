import { arch, availableParallelism, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { statfsSync } from 'node:fs';

/** Where the figures come from. `loadBefore` above 0 means that others were using the machine. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Magic number of the file system that holds the data, in hexadecimal (0x1021994 is memory, not a disk). */
  readonly fileSystem: string;
  /** Load average of the last minute. */
  readonly loadBefore: number;
}

export const thisMachine = (): Machine => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
  fileSystem: `0x${statfsSync(tmpdir()).type.toString(16)}`,
  loadBefore: Number(loadavg()[0]!.toFixed(2)),
});
