import { relative } from 'node:path';
import { defaultDataDirectory, defaultUrl, tokenFile } from '../settings';
import type { Settings } from '../settings';
import { logsPath } from './set-up';

export interface Welcome {
  readonly console: string;
  readonly token: string;
  readonly tokenFile: string;
  /** Ready to paste into another shell in the same directory. */
  readonly commands: readonly string[];
}

/** @param givenToken the root token came from a variable, so no file holds it */
export function welcome(
  settings: Pick<Settings, 'url' | 'dataDirectory' | 'token'>,
  workingDirectory: string,
  givenToken: boolean,
): Welcome {
  const { url, dataDirectory } = settings;
  const directory = relative(workingDirectory, dataDirectory) || '.';
  const variables = [
    ...(url.origin === defaultUrl ? [] : [`FLOWLEDGER_URL=${url.origin}`]),
    ...(givenToken ? ['FLOWLEDGER_TOKEN="$FLOWLEDGER_ROOT_TOKEN"'] : []),
    ...(givenToken || `./${directory}` === defaultDataDirectory
      ? []
      : [`FLOWLEDGER_DATA_DIR='${dataDirectory}'`]),
  ];
  const prefix = variables.map((variable) => `${variable} `).join('');
  const token = givenToken ? '$FLOWLEDGER_ROOT_TOKEN' : `$(cat '${tokenFile(directory)}')`;
  return {
    console: `${url.origin}/`,
    token: settings.token(),
    tokenFile: tokenFile(dataDirectory),
    commands: [
      `${prefix}npx flowledger flow-logs list`,
      `curl -sH "Authorization: Bearer ${token}" "${url.origin}${logsPath}?from=$(($(date +%s)-600))&to=$(date +%s)&limit=3"`,
      `${prefix}npx flowledger audit events`,
    ],
  };
}

export const welcomeLines = ({ console, token, tokenFile: file, commands }: Welcome): string[] => [
  '',
  `Console    ${console}`,
  `API token  ${token}`,
  `           (kept in ${file})`,
  '',
  'Try in another terminal:',
  ...commands.map((command) => `  ${command}`),
  '',
  'Ctrl-C stops it; the data stays.',
];
