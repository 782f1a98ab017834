import { AuditController } from './audit/audit.controller';
import { CapturesController } from './captures/captures.controller';
import { CloudEventsController } from './event-catalogue/cloud-events.controller';
import { EventCatalogueController } from './event-catalogue/event-catalogue.controller';
import { EventsPageController } from './event-catalogue/events-page.controller';
import { FlowLogOrdersController } from './flow-logs/flow-log-orders.controller';
import { FlowLogsController } from './flow-logs/flow-logs.controller';
import { HealthController, MetricsController } from './health.controller';
import { HealthReportController } from './health-report.controller';
import { LandingController } from './landing.controller';
import { LogsController } from './log-service/logs.controller';
import { LogstoresController } from './log-service/logstores.controller';
import { ProjectsController } from './log-service/projects.controller';
import { NetworkInterfacesController } from './network/network-interfaces.controller';
import { VpcsController } from './network/vpcs.controller';
import { VSwitchesController } from './network/v-switches.controller';
import { BackupsController } from './operations/backups.controller';
import { ErasuresController } from './audit/erasures.controller';
import { EventsController } from './operations/events.controller';
import { ProcessesController } from './operations/processes.controller';
import { ProjectionsController } from './operations/projections.controller';
import { SimulationsController } from './operations/simulations.controller';
import { TokensController } from './operations/tokens.controller';

export const restControllers = [
  VpcsController,
  VSwitchesController,
  NetworkInterfacesController,
  ProjectsController,
  LogstoresController,
  LogsController,
  FlowLogsController,
  FlowLogOrdersController,
  EventsController,
  EventCatalogueController,
  CloudEventsController,
  EventsPageController,
  AuditController,
  ErasuresController,
  CapturesController,
  SimulationsController,
  TokensController,
  BackupsController,
  ProjectionsController,
  ProcessesController,
  LandingController,
  HealthController,
  HealthReportController,
  MetricsController,
] as const;
