import { FlowLogOrdersController } from './flow-logs/flow-log-orders.controller';
import { FlowLogsController } from './flow-logs/flow-logs.controller';
import { HealthController, MetricsController } from './health.controller';

export const restControllers = [
  FlowLogsController,
  FlowLogOrdersController,
  HealthController,
  MetricsController,
] as const;
