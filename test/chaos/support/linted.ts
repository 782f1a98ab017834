import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './sources';

/** What the linter, as configured for this repository, says about a module of the kernel. */
export function lintComplaints(source: string): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/eslint/bin/eslint.js'),
      ...[
        '--stdin',
        '--stdin-filename',
        join(root, 'libs/event-sourcing/src/positions.ts'),
        '--format',
        'json',
      ],
    ],
    { cwd: root, input: source, encoding: 'utf8' },
  );
  if (!stdout) throw new Error(`eslint said nothing: ${stderr}`);
  const [file] = JSON.parse(stdout) as { messages: { message: string }[] }[];
  return file!.messages.map(({ message }) => message);
}
