import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import { readCapture } from '@flowledger/capture';
import { exists, filesBelow, pathInRepository, readText } from './repository';

const documents = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...filesBelow('docs')].filter((path) =>
  path.endsWith('.md'),
);
const architecture = readText('docs/architecture.md');
const matches = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, found]) => found!)),
];
const variables = (path: string) => matches(readText(path), /(FLOWLEDGER_[A-Z_]+)/g);

/** Files and folders that a page names: in backticks, or as a label of its picture. */
const namedPaths = (text: string) => [
  ...matches(text, /`((?:apps|libs|test|docs|\.ci|scripts)\/[\w./-]+)`/g),
  ...matches(text, /(?:\["|<br>)((?:apps|libs)\/[\w-]+)/g),
];

describe('docs/architecture.md', () => {
  it('names only what exists', () => {
    expect(
      namedPaths('see `libs/network/src/gone.ts` and A["libs/gone<br>lost"]').filter((path) => !exists(path)),
    ).toEqual(['libs/network/src/gone.ts', 'libs/gone']);
    expect(namedPaths(architecture).length).toBeGreaterThan(40);
    expect(namedPaths(architecture).filter((path) => !exists(path))).toEqual([]);
  });

  it('names every application and library', () => {
    const folders = ['apps', 'libs'].flatMap(filesBelow).map((path) => path.split('/').slice(0, 2).join('/'));
    expect([...new Set(folders)].filter((folder) => !architecture.includes(folder))).toEqual([]);
  });

  it('names the five files of a stop in the order in which the command passes them', () => {
    const rows = matches(architecture, /^\| [1-5] +\| `([^`]+)`/gm);
    expect(rows.map((path) => posix.basename(path))).toEqual([
      'flow-log-orders.controller.ts',
      'stop-flow-log.ts',
      'flow-log.decider.ts',
      'flow-log.events.ts',
      'flow-log-status.projection.ts',
    ]);
    expect(readText(rows[0]!)).toContain('new StopFlowLog(');
    expect(readText(rows[1]!)).toContain('flowLogDecider');
    expect(readText(rows[2]!)).toContain("case 'StopFlowLog'");
    expect(readText(rows[3]!)).toContain("'FlowLogStopped'");
    expect(readText(rows[4]!)).toContain("case 'FlowLogStopped'");
  });
});

describe('the documents', () => {
  it.each(documents)('%s links to what exists', (document) => {
    const links = matches(readText(document), /\]\((?!https?:|#)([^)#]+)/g);
    const targets = links.map((link) => posix.join(posix.dirname(document), link));
    expect(targets.filter((target) => !exists(target))).toEqual([]);
  });

  it('name scripts that exist', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) => matches(readText(document), /npm run ([\w:]+)/g));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('explain every variable that the service reads, and no other', () => {
    const reader = /variables\.\w+\(\s*'([A-Z_]+)'/g;
    const read = matches(readText('apps/standalone/src/config.ts'), reader).map(
      (name) => `FLOWLEDGER_${name}`,
    );
    const ofTheService = [...read, 'FLOWLEDGER_ROOT_TOKEN'].sort();
    expect(variables('README.md').sort()).toEqual(
      [...ofTheService, 'FLOWLEDGER_TOKEN', 'FLOWLEDGER_URL'].sort(),
    );
    expect(
      ['docker-compose.yml', 'Dockerfile'].flatMap(variables).filter((name) => !ofTheService.includes(name)),
    ).toEqual([]);
  });

  it('decide one thing each, numbered without a gap', () => {
    const records = filesBelow('docs/adr').sort();
    records.forEach((path, index) => {
      expect(path).toMatch(new RegExp(`^docs/adr/${String(index + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
      const text = readText(path);
      expect(text).toMatch(new RegExp(`^# ${index + 1}\\. `));
      for (const section of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`## ${section}`);
    });
  });
});

describe('the walk-through', () => {
  it('makes a capture of twenty packets', async () => {
    const capture = execFileSync(process.execPath, [pathInRepository('docs/walk-through/make-capture.mjs')]);
    const addresses = new Set<string>();
    const summary = await readCapture([capture], ({ srcaddr, dstaddr }) =>
      addresses.add(`${srcaddr} ${dstaddr}`),
    );
    expect(summary.packets).toBe(20);
    expect(addresses).toEqual(new Set(['10.0.1.10 10.0.1.20', '10.0.1.20 10.0.1.10']));
  });
});

describe('docker-compose.yml', () => {
  const compose = readText('docker-compose.yml');

  it('pins every image', () => {
    expect(matches(compose, /image: (\S+)/g)).toHaveLength(3);
    expect(matches(compose, /image: (\S+)/g).filter((image) => !/:\d+\.\d+[\w.-]*$/.test(image))).toEqual([]);
  });

  it('publishes ports on loopback only', () => {
    const published = matches(compose, /^ {6}- '([\d.:]+)'$/gm);
    expect(published).toHaveLength(3);
    expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('checks the health of what it starts', () => {
    expect(compose.match(/healthcheck:/g)).toHaveLength(2);
    expect(readText('Dockerfile')).toMatch(/^HEALTHCHECK /m);
  });
});
