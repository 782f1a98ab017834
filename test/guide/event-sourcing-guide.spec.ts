import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AggregateStore, newId, ProjectionRunner, SystemClock } from '@flowledger/event-sourcing';
import { ProcessManagerRuntime, processProjections } from '@flowledger/process-managers';
import type { AnyProjection, ReadModel, SentCommand } from '@flowledger/event-sourcing';
import type { AnyProcessManager } from '@flowledger/process-managers';
import { EmbeddedEventStore } from '@flowledger/event-store-embedded';
import { EmbeddedReadModelStore } from '@flowledger/read-model-embedded';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';

const page = readFileSync(join(__dirname, '../../docs/event-sourcing.md'), 'utf8');
const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);

interface Guide {
  readonly projectUse: ReadModel<{ readonly projectName: string; readonly flowLogs: number }>;
  readonly projections: readonly AnyProjection[];
  readonly processes: readonly AnyProcessManager[];
}

function codeOfThePage(): Guide {
  const options = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  const exported: Record<string, unknown> = {};
  // The page is ours: it is read as a module would be.
  const run = new Function('exports', 'require', transpile(blocks.join('\n'), options)); // eslint-disable-line @typescript-eslint/no-implied-eval
  (run as (...given: unknown[]) => void)(exported, createRequire(__filename));
  return exported as unknown as Guide;
}

describe('the code of the guide', () => {
  const accountId = '1000000000000001';
  let directory: string;
  let log: EmbeddedEventStore;
  let readModels: EmbeddedReadModelStore;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'guide-'));
    log = await EmbeddedEventStore.open({ directory });
    readModels = await EmbeddedReadModelStore.open({ directory });
  });
  afterEach(async () => {
    await log.close();
    await readModels.close();
    rmSync(directory, { recursive: true });
  });

  const happen = (type: string, flowLogId: string, data: object = {}) => {
    const id = newId();
    const command = type;
    const metadata = {
      $correlationId: id,
      $causationId: id,
      actor: 'token-1',
      accountId,
      command,
      schemaVersion: 1,
    };
    return log.append(`flowLog-${flowLogId}`, 'any', [{ id, type, data: { flowLogId, ...data }, metadata }]);
  };
  const created = (flowLogId: string, projectName: string) =>
    happen('FlowLogCreated', flowLogId, { settings: { projectName } });

  it('is less than sixty lines', () => {
    const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.trim() !== '');
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThan(60);
  });

  it('adds a read model and a process manager that work', async () => {
    const { projectUse, projections, processes } = codeOfThePage();
    const runner = new ProjectionRunner({
      events: log,
      readModels,
      projections: [...projections, ...processes.flatMap(({ name }) => processProjections(name))],
    });
    const sent: SentCommand[] = [];
    let weeks = 0;
    const now = new SystemClock();
    const clock = {
      now: () => new Date(clock.epochMilliseconds()).toISOString(),
      epochMilliseconds: () => now.epochMilliseconds() + weeks * 7 * 24 * 3_600_000,
    };
    const runtime = () =>
      new ProcessManagerRuntime({
        events: log,
        aggregates: new AggregateStore(log),
        readModels,
        clock,
        processes,
        send: async (command) => void sent.push(command),
        readModelsReached: async (position) => void (await runner.reached(position, 20_000)),
      });
    await runner.start();
    let managers = runtime();
    managers.start();
    try {
      await created('fl-1', 'p');
      await created('fl-2', 'p');
      await happen('FlowLogStopped', 'fl-1');
      await happen('FlowLogStopped', 'fl-2');
      await happen('FlowLogStarted', 'fl-2');
      await runner.reached((await log.head())!, 20_000);
      expect(await readModels.get(projectUse, accountId, 'p')).toEqual({ projectName: 'p', flowLogs: 2 });

      while (managers.position?.commit !== (await log.head())?.commit) await new Promise(setImmediate);
      await runner.reached((await log.head())!, 20_000);
      await managers.stop();
      expect(sent).toEqual([]);
      weeks = 1;
      managers = runtime();
      managers.start();
      while (sent.length === 0) await new Promise(setImmediate);
      expect(sent).toMatchObject([{ type: 'RemindOwner', flowLogId: 'fl-1' }]);
    } finally {
      await managers.stop();
      await runner.stop();
    }
  });
});
