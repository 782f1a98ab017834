import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from 'commander';
import { action, example } from '../cli';
import type { Session, Surroundings } from '../cli';
import { Refused, UsageError } from '../failures';

interface ExportOptions {
  readonly all?: boolean;
  readonly account?: boolean;
  readonly stream?: string;
  readonly asOf?: string;
  readonly out: string;
}

const longestExportSeconds = 3_600;

/** Below `audit`. */
export function addAuditBundleCommands(group: Command, surroundings: Surroundings): void {
  group
    .command('export')
    .description('Write events with the proof that they are what was signed')
    .option('--all', 'the whole log')
    .option('--account', 'the streams of your account')
    .option('--stream <name>', 'one stream, such as flowLog-fl-bp1example')
    .option('--as-of <moment>', 'ISO 8601 time or position: only what came up to it')
    .requiredOption('--out <file>', 'must not exist')
    .addHelpText('after', example('audit export --all --out audit.jsonl'))
    .action(action<ExportOptions>(surroundings, exportBundle));
  group
    .command('verify')
    .description('Verify a bundle offline; the first wrong event is named')
    .argument('<bundle>')
    .option('--key <id>', 'key id that the operator published; that of the bundle when absent')
    .addHelpText(
      'after',
      example('audit verify audit.jsonl', 'audit verify audit.jsonl --key 0123456789abcdef'),
    )
    .action(action<{ key?: string }>(surroundings, verifyBundle));
}

async function exportBundle({ client, output }: Session, options: ExportOptions): Promise<void> {
  const { all, account, stream, asOf } = options;
  if ([all, account, stream].filter(Boolean).length !== 1) {
    throw new UsageError('Give exactly one of --all, --account and --stream');
  }
  const out = resolve(options.out);
  if (existsSync(out)) throw new Refused(`${out} exists: give the name of a new file`);
  const query = { stream, asOf, scope: account ? 'account' : undefined };
  const settings = { query, timeoutSeconds: longestExportSeconds };
  const response = await client.send('GET', '/api/v1/audit/bundle', settings);
  const draft = `${out}.part`;
  try {
    const file = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.fromWeb(response.body as ReadableStream), file);
    const { events } = await sealOf(draft);
    await rename(draft, out);
    output.done({ out, events }, `${out}: ${events} events, sealed; "flowledger audit verify" checks them`);
  } finally {
    await rm(draft, { force: true });
  }
}

/** The last line: without it the service stopped half way. */
async function sealOf(file: string): Promise<{ events: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 4_096);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const last = buffer.toString().trimEnd().split('\n').at(-1)!;
    if (!last.includes('"seal"')) throw new Refused('The export ended early; run it again');
    return (JSON.parse(last) as { seal: { events: number } }).seal;
  } finally {
    await handle.close();
  }
}

/** Runs the very program that auditors get. */
async function verifyBundle({ output }: Session, { key }: { key?: string }, bundle?: string): Promise<void> {
  const words = [...(output.isJson ? ['--json'] : []), ...(key ? ['--key', key] : []), resolve(bundle!)];
  const child = spawn(process.execPath, [verifier(), ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  output.lines(said.split('\n').filter((line) => line !== ''));
  if (code === 2) throw new UsageError('The bundle cannot be read');
  if (code !== 0) throw new Refused('The bundle is not as it was signed');
}

function verifier(directory = __dirname): string {
  const file = join(directory, 'scripts', 'verify-audit-bundle.mjs');
  if (existsSync(file)) return file;
  const parent = dirname(directory);
  if (parent === directory) throw new Refused('scripts/verify-audit-bundle.mjs is not beside this program');
  return verifier(parent);
}
