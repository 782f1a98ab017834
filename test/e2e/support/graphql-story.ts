import type { ApiClient } from './api-client';
import type { StoryDoor } from './doors';
import type { Names } from './flow-log-scene';
import { firstSecond, lastSecond } from './traffic';
import type { LogEntry } from './traffic';

interface GraphqlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { message: string; extensions: { code: string; status: number } }[];
}

export class GraphqlStory implements StoryDoor {
  private flowLogId = '';

  constructor(
    private readonly api: ApiClient,
    private readonly names: Names,
  ) {}

  async build(): Promise<void> {
    const { vpc, vSwitch, interfaces, project } = this.names;
    const create = (what: string, input: object) =>
      this.run(`mutation ($input: Create${what}Input!) { create${what}(input: $input) { position } }`, {
        input,
      });
    await create('Vpc', vpc);
    await create('VSwitch', vSwitch);
    for (const networkInterface of interfaces) await create('NetworkInterface', networkInterface);
    await create('Project', project);
    await this.createLogstore();
  }

  async createFlowLog(): Promise<string> {
    const { createFlowLog } = await this.run<{ createFlowLog: { flowLog: { flowLogId: string } } }>(
      'mutation ($input: CreateFlowLogInput!) { createFlowLog(input: $input) { flowLog { flowLogId } } }',
      { input: this.names.flowLog },
    );
    this.flowLogId = createFlowLog.flowLog.flowLogId;
    return this.flowLogId;
  }

  createLogstore = () =>
    this.run('mutation ($input: CreateLogstoreInput!) { createLogstore(input: $input) { position } }', {
      input: { projectName: this.names.project.projectName, ...this.names.logstore },
    });

  deleteLogstore = () =>
    this.run(
      'mutation ($project: String!, $name: String!) { deleteLogstore(project: $project, name: $name) { position } }',
      this.logstore,
    );

  startFlowLog = () => this.run(start, { id: this.flowLogId });

  async startRefused(): Promise<string> {
    const { errors } = await this.ask(start, { id: this.flowLogId });
    expect(errors).toMatchObject([{ extensions: { status: 409 } }]);
    return errors![0]!.extensions.code;
  }

  async entries(): Promise<LogEntry[]> {
    const { entries } = await this.run<{ entries: { entries: LogEntry[] } }>(
      `query ($project: String!, $name: String!, $from: UnixSeconds!, $to: UnixSeconds!) {
        entries(project: $project, logstore: $name, from: $from, to: $to, first: 1000) { entries }
      }`,
      { ...this.logstore, from: firstSecond, to: lastSecond },
    );
    return entries.entries;
  }

  private get logstore() {
    return { project: this.names.project.projectName, name: this.names.logstore.logstoreName };
  }

  private async run<Data = unknown>(query: string, variables: object): Promise<Data> {
    const { data, errors } = await this.ask<Data>(query, variables);
    if (errors || !data) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return data;
  }

  private async ask<Data>(query: string, variables: object): Promise<GraphqlAnswer<Data>> {
    const { body } = await this.api.send<GraphqlAnswer<Data>>('POST', '/graphql', { query, variables });
    return body;
  }
}

const start = 'mutation ($id: ID!) { startFlowLog(id: $id) { flowLog { status } } }';
