import { Module } from '@nestjs/common';
import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { AdvanceFlowLogHandler } from './commands/advance-flow-log';
import { ChangeFlowLogHandler } from './commands/change-flow-log';
import { CompleteFlowLogCreationHandler } from './commands/complete-flow-log-creation';
import { CreateFlowLogHandler } from './commands/create-flow-log';
import { DeleteFlowLogHandler } from './commands/delete-flow-log';
import { FlowLogCreation } from './commands/flow-log-creation';
import { ReleaseFlowLogHandler } from './commands/release-flow-log';
import { StartFlowLogHandler } from './commands/start-flow-log';
import { StopFlowLogHandler } from './commands/stop-flow-log';
import { TagFlowLogHandler } from './commands/tag-flow-log';
import { FlowLogOptions, defaultFlowLogOptions } from './flow-log.options';
import { GetFlowLogEventsHandler } from './queries/get-flow-log-events';
import { GetFlowLogHandler } from './queries/get-flow-log';
import { ListEventsHandler } from './queries/list-events';
import { ListFlowLogsHandler } from './queries/list-flow-logs';

/** `imports`: the modules that export NetworkResources and LogTargets. */
export interface FlowLogModuleOptions extends Partial<FlowLogOptions>, Pick<ModuleMetadata, 'imports'> {}

/** Needs AggregateStore, EventStore, ReadModelStore and the command bus from global modules. */
@Module({})
export class FlowLogModule {
  static forRoot({ imports = [], ...options }: FlowLogModuleOptions = {}): DynamicModule {
    return {
      module: FlowLogModule,
      imports,
      providers: [
        { provide: FlowLogOptions, useValue: { ...defaultFlowLogOptions, ...options } },
        FlowLogCreation,
        AdvanceFlowLogHandler,
        ChangeFlowLogHandler,
        CompleteFlowLogCreationHandler,
        CreateFlowLogHandler,
        DeleteFlowLogHandler,
        ReleaseFlowLogHandler,
        StartFlowLogHandler,
        StopFlowLogHandler,
        TagFlowLogHandler,
        GetFlowLogEventsHandler,
        GetFlowLogHandler,
        ListEventsHandler,
        ListFlowLogsHandler,
      ],
      exports: [FlowLogOptions],
    };
  }
}
