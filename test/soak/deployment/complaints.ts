import { appendFileSync } from 'node:fs';

interface Said {
  readonly level: number;
  readonly msg: string;
}

const warning = 40;
const fatal = 60;
/** What Node itself writes before it ends a process. */
const nodeFault = /unhandled|uncaught|ERR_UNHANDLED_REJECTION|FATAL ERROR|heap out of memory|^\s*throw /i;

/** What a process says on its outputs: warnings and worse are kept in a file, faults that nobody caught are counted. */
export class Complaints {
  /** Unhandled rejections, uncaught exceptions and the like, in the words of the process. */
  readonly faults: string[] = [];
  /** Warnings and errors by what they say: expected in a storm. */
  readonly counts = new Map<string, number>();

  constructor(private readonly file: string) {}

  /** @returns the message of a line of the log */
  line(line: string): string | undefined {
    const said = parsed(line);
    if (!said) {
      this.standardError(line);
      return undefined;
    }
    if (said.level >= warning) {
      this.keep(line);
      this.counts.set(said.msg, (this.counts.get(said.msg) ?? 0) + 1);
    }
    if (said.level >= fatal) this.faults.push(line);
    return said.msg;
  }

  standardError(line: string): void {
    this.keep(line);
    if (nodeFault.test(line)) this.faults.push(line);
  }

  private keep(line: string): void {
    appendFileSync(this.file, `${line}\n`);
  }
}

function parsed(line: string): Said | undefined {
  try {
    const said = JSON.parse(line) as Partial<Said> | null;
    return typeof said?.level === 'number' ? { level: said.level, msg: said.msg ?? '' } : undefined;
  } catch {
    return undefined;
  }
}
