import type { AnyProjection } from '@flowledger/event-sourcing';
import { scopeFlowLogsProjection } from './projections/scope-flow-logs.projection';
import { scopeInterfacesProjection } from './projections/scope-interfaces.projection';

export { CollectionHistory } from './collection-history';
export { CollectionPlanner } from './collection-planner';
export type { WaitingFlowLog } from './collection-planner';
export { CollectionScopeModule } from './collection-scope.module';
export type { CoverageReason, InterfaceCollection } from './domain/coverage';
export { GetInterfaceCollection } from './queries/get-interface-collection';
export { ListCoveredInterfaces } from './queries/list-covered-interfaces';
export type { CoveredInterface } from './queries/list-covered-interfaces';

export const collectionScopeProjections: readonly AnyProjection[] = [
  scopeInterfacesProjection,
  scopeFlowLogsProjection,
];
