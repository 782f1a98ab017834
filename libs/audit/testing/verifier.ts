import { resolve } from 'node:path';

export interface Verdict {
  readonly verified: boolean;
  readonly problem?: string;
  readonly event?: { readonly stream: string; readonly revision: string; readonly position: string } | null;
  readonly events?: number;
  readonly checkpoints?: number;
}

type VerifyBundle = (open: () => AsyncIterable<Buffer>, trustedKey?: string) => Promise<Verdict>;

/** The program that auditors get: the only verifier there is. */
const program = resolve(__dirname, '../../../scripts/verify-audit-bundle.mjs');

export async function verdictOf(bytes: Buffer, trustedKey?: string): Promise<Verdict> {
  const { verifyBundle } = (await import(program)) as { verifyBundle: VerifyBundle };
  async function* lines(): AsyncGenerator<Buffer> {
    const texts = bytes.toString('latin1').split('\n');
    if (texts.at(-1) === '') texts.pop();
    for (const text of texts) yield Buffer.from(text, 'latin1');
  }
  try {
    return { ...(await verifyBundle(lines, trustedKey)), verified: true };
  } catch (error) {
    const { problem = String(error), event = null } = error as Partial<Verdict>;
    return { verified: false, problem, event };
  }
}
