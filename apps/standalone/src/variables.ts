/** A wrong setting: one clear line and exit code 78. */
export class ConfigurationError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem}`);
    this.name = 'ConfigurationError';
  }
}

/** `FLOWLEDGER_…` variables of an environment, checked one by one. @throws ConfigurationError */
export class Variables {
  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  text(name: string, fallback: string): string {
    return this.environment[`FLOWLEDGER_${name}`]?.trim() || fallback;
  }

  list(name: string, fallback: string): string[] {
    const items = this.text(name, fallback).split(',');
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }

  matching(name: string, fallback: string, pattern: RegExp, wanted: string): string {
    const value = this.text(name, fallback);
    if (!pattern.test(value))
      throw new ConfigurationError(`FLOWLEDGER_${name}`, `"${value}" is not valid: ${wanted}`);
    return value;
  }

  /** Not shown in the error: it may hold a password. */
  url(name: string, pattern: RegExp): string {
    const value = this.text(name, '');
    if (!pattern.test(value)) {
      throw new ConfigurationError(
        `FLOWLEDGER_${name}`,
        `a connection string that matches ${pattern} is needed`,
      );
    }
    return value;
  }

  integer(name: string, fallback: number, smallest: number, largest: number): number {
    const text = this.text(name, `${fallback}`);
    const value = Number(text);
    if (!Number.isInteger(value) || value < smallest || value > largest) {
      throw new ConfigurationError(
        `FLOWLEDGER_${name}`,
        `"${text}" is not a whole number from ${smallest} to ${largest}`,
      );
    }
    return value;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback = values[0]!): Value {
    const text = this.text(name, fallback);
    const value = values.find((candidate) => candidate === text);
    if (!value)
      throw new ConfigurationError(`FLOWLEDGER_${name}`, `"${text}" is not one of ${values.join(', ')}`);
    return value;
  }
}
