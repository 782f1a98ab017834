import type { ApiClient } from './api-client';
import { GraphqlStory } from './graphql-story';
import type { Names } from './flow-log-scene';
import { RestStory } from './rest-story';
import type { LogEntry } from './traffic';

/** The steps of the story that both front doors offer. Each rejects when it is refused. */
export interface StoryDoor {
  /** VPC, vSwitch, two ENIs, project and logstore. */
  build(): Promise<void>;
  /** @returns its id */
  createFlowLog(): Promise<string>;
  createLogstore(): Promise<unknown>;
  deleteLogstore(): Promise<unknown>;
  startFlowLog(): Promise<unknown>;
  /** @returns the code of the refusal */
  startRefused(): Promise<string>;
  entries(): Promise<LogEntry[]>;
}

export const doors: readonly { name: string; open: (api: ApiClient, names: Names) => StoryDoor }[] = [
  { name: 'REST', open: (api, names) => new RestStory(api, names) },
  { name: 'GraphQL', open: (api, names) => new GraphqlStory(api, names) },
];
