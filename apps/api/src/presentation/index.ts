export { presentDelivery } from './delivery.view';
export type { DeliveryReportJson } from './delivery.view';
export { FlowLogPresenter } from './flow-log-presenter';
export { presentFlowLog } from './flow-log.view';
export type { DeliveryJson, FlowLogJson } from './flow-log.view';
export { presentLogstore } from './logstore.view';
export type { LogstoreJson } from './logstore.view';
