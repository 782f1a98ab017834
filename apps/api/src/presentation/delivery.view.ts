import type { DeliveryView } from '@flowledger/delivery';
import type { SpoolGauges, StoreUsage } from '@flowledger/log-store';
import type { SpoolBounds } from '../ports';
import { presentDeliveryState } from './flow-log.view';
import type { DeliveryJson } from './flow-log.view';

/** The label that the cloud shows and the honest state side by side, and where the entries are. */
export interface DeliveryReportJson {
  readonly flowLogId: string;
  readonly deliverStatus: DeliveryView['label'];
  readonly deliverErrorMessage: DeliveryView['deliverErrorMessage'];
  readonly delivery: DeliveryJson;
  readonly deliveredEntries: number;
  readonly spooledEntries: number;
  readonly spooledBytes: number;
  /** By reason. */
  readonly expiredEntries: Readonly<Record<string, number>>;
  readonly spoolBounds: SpoolBounds;
  /** ISO 8601; null when nothing waits. */
  readonly oldestWindow: string | null;
  /** At the write rate of the last hour; null while it is unknown. */
  readonly daysOfDiskLeft: number | null;
}

export const presentDelivery = (
  { flowLogId, label, deliverErrorMessage, honest }: DeliveryView,
  gauges: SpoolGauges,
  { daysOfDiskLeft }: StoreUsage,
  spoolBounds: SpoolBounds,
): DeliveryReportJson => ({
  flowLogId,
  deliverStatus: label,
  deliverErrorMessage,
  delivery: presentDeliveryState(honest, gauges),
  deliveredEntries: gauges.deliveredEntries,
  spooledEntries: gauges.spooledEntries,
  spooledBytes: gauges.spooledBytes,
  expiredEntries: gauges.expired,
  spoolBounds,
  oldestWindow: gauges.oldestWindow,
  daysOfDiskLeft,
});
