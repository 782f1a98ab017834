import { Module } from '@nestjs/common';
import { ChangeLogstoreRetentionHandler } from './commands/change-logstore-retention';
import { CreateLogstoreHandler } from './commands/create-logstore';
import { CreateProjectHandler } from './commands/create-project';
import { DeleteLogstoreHandler } from './commands/delete-logstore';
import { DeleteProjectHandler } from './commands/delete-project';
import { LogTargets } from './log-targets';
import { Projects } from './projects';
import { GetLogstoreHandler } from './queries/get-logstore';
import { GetProjectHandler } from './queries/get-project';
import { ListLogstoresHandler } from './queries/list-logstores';
import { ListProjectsHandler } from './queries/list-projects';

/** Needs the kernel's AggregateStore and ReadModelStore, which the app provides globally. */
@Module({
  providers: [
    Projects,
    LogTargets,
    CreateProjectHandler,
    DeleteProjectHandler,
    CreateLogstoreHandler,
    ChangeLogstoreRetentionHandler,
    DeleteLogstoreHandler,
    GetProjectHandler,
    ListProjectsHandler,
    GetLogstoreHandler,
    ListLogstoresHandler,
  ],
  exports: [LogTargets],
})
export class LogServiceModule {}
