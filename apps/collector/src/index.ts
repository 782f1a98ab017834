export { Collector } from './collector';
export type { CollectorOptions } from './collector';
export { DeliveryReports } from './delivery-reports';
export type { DeliveryReport } from './delivery-reports';
export { importCapture, lastPacketTime } from './import-capture';
export type { ImportOptions, ImportResult } from './import-capture';
export { SimulatedTraffic } from './simulated-traffic';
export type { SimulatedTrafficOptions } from './simulated-traffic';
