import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from './failures';

export interface Settings {
  /** Of the service, without a path. */
  readonly url: URL;
  /** Absolute. */
  readonly dataDirectory: string;
  /** Looked for when it is first needed. @throws ConfigurationError */
  token(): string;
}

export const defaultUrl = 'http://127.0.0.1:8080';
export const defaultDataDirectory = './data';

/** @throws ConfigurationError */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const dataDirectory = resolve(environment.FLOWLEDGER_DATA_DIR?.trim() || defaultDataDirectory);
  return {
    url: serviceUrl(environment.FLOWLEDGER_URL?.trim() || defaultUrl),
    dataDirectory,
    token: () => apiToken(environment, dataDirectory),
  };
}

function serviceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new ConfigurationError(`FLOWLEDGER_URL: "${text}" is not an address such as ${defaultUrl}`);
  }
  return url;
}

export const tokenFile = (dataDirectory: string): string => join(dataDirectory, 'root-token');

/** A service that was given its root token by a variable keeps none in a file. */
export function apiToken(environment: NodeJS.ProcessEnv, dataDirectory: string): string {
  const given = environment.FLOWLEDGER_TOKEN?.trim() || environment.FLOWLEDGER_ROOT_TOKEN?.trim();
  if (given) return given;
  const file = tokenFile(dataDirectory);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(
      `There is no API token: set FLOWLEDGER_TOKEN, or FLOWLEDGER_DATA_DIR to the service's data directory (${file}: ${code ?? 'unreadable'})`,
    );
  }
}
