export * from './commands/acknowledge-plan';
export * from './commands/report-delivery';
export * from './domain/delivery.inputs';
export * from './delivery.module';
export * from './delivery.process-manager';
export * from './domain/delivery-report.events';
export * from './flow-log-directory';
export * from './queries/get-delivery';
