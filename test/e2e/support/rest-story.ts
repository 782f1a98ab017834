import type { ApiClient } from './api-client';
import type { StoryDoor } from './doors';
import { FlowLogScene } from './flow-log-scene';
import type { Names } from './flow-log-scene';

export class RestStory implements StoryDoor {
  private readonly scene: FlowLogScene;

  constructor(api: ApiClient, names: Names) {
    this.scene = new FlowLogScene(api, names);
  }

  build = () => this.scene.build();
  createFlowLog = () => this.scene.createFlowLog();
  createLogstore = () => this.scene.createLogstore();
  deleteLogstore = () => this.scene.deleteLogstore();
  startFlowLog = () => this.scene.order('start');
  entries = () => this.scene.entries();

  async startRefused(): Promise<string> {
    const refusal = await this.scene.order('start').then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ status: 409 });
    return (refusal as { code: string }).code;
  }
}
