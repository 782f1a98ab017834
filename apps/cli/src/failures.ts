/** RFC 9457, as the service sends it. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** Something was asked for that cannot be: exit code 1. `lines` says more, one fact a line. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly lines: readonly string[] = [],
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/** The service said no, and why. */
export class ProblemRefused extends Refused {
  constructor(readonly problem: Problem) {
    super(
      `${problem.title}: ${problem.detail}`,
      (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`),
    );
    this.name = 'ProblemRefused';
  }
}

/** Nobody answers, or not now: exit code 69. */
export class ServiceUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ServiceUnavailable';
  }
}

/** A variable or a file that the command needs is missing or wrong: exit code 78. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
  }
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** What a person reads of a failure on standard error: no stack, every wrong path on a line of its own. */
export function describeFailure(error: unknown): string[] {
  if (error instanceof Refused) return [error.message, ...error.lines.map((line) => `  ${line}`)];
  return [error instanceof Error ? error.message : String(error)];
}
