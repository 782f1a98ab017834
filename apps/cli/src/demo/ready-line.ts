import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

interface LogLine {
  readonly msg?: string;
  readonly level?: number | string;
  readonly http?: string;
}

const warning = 40;
const levels: Readonly<Record<string, number>> = { warn: 40, error: 50, fatal: 60 };

/**
 * The address in the service's ready line; undefined when its output ends before. Warnings and worse are told, now and
 * later, everything else of its JSON log is passed over.
 */
export function readyAddress(log: Readable, tell: (text: string) => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: log });
    lines.on('line', (text) => {
      const line = parsed(text);
      if (line.msg === 'ready' && line.http !== undefined) resolve(line.http);
      else if (severity(line) >= warning) tell(line.msg ?? text);
    });
    lines.on('close', () => resolve(undefined));
  });
}

const severity = ({ level = 0 }: LogLine): number =>
  typeof level === 'number' ? level : (levels[level] ?? 0);

/** A line that is no JSON was not written by the log: it is told as it is. */
function parsed(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text, level: warning };
  }
}
