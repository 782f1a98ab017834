import type { FlowLogDocument } from '../projections/flow-log-status';

/** A flow log as the public interface shows it; the gauges of the spool are joined by the front door. */
export type FlowLogView = Omit<FlowLogDocument, 'logstoreId' | 'started' | 'resourceDeleted' | 'awaits'>;

export function viewOf(document: FlowLogDocument): FlowLogView {
  const { logstoreId: _, started: __, resourceDeleted: ___, awaits: ____, ...view } = document;
  return view;
}
