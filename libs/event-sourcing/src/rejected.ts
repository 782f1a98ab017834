/**
 * A command that the domain refuses. Each lib has one subclass with a closed union of codes, and every front door maps
 * the codes in a `Record`, so that a code without a mapping does not compile.
 */
export abstract class Rejected<Code extends string = string> extends Error {
  constructor(
    readonly code: Code,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = new.target.name;
  }
}

export const isRejected = (error: unknown): error is Rejected => error instanceof Rejected;
