/** Version of the manifest's tables; a newer one is refused. */
export const manifestFormat = 1;

/**
 * `segment.segment_id` is the order of delivery and never used twice; `first_seq` numbers rows over the whole store, so
 * that ties keep their order when segments are merged. `member` says how many rows of a segment a flow log has;
 * `cursor` is the last segment a flow log has passed; `reference` is the delivery. Times in milliseconds since 1970
 * end in `_at`, entry times in seconds in `_start`.
 */
export const manifestSchema = `
CREATE TABLE IF NOT EXISTS property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS segment (
  segment_id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  file TEXT NOT NULL UNIQUE,
  format_version INTEGER NOT NULL,
  plan_version INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  crc32 INTEGER NOT NULL,
  min_start INTEGER NOT NULL,
  max_start INTEGER NOT NULL,
  merged INTEGER NOT NULL DEFAULT 0,
  membership_sets TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS segment_by_receipt ON segment (received_at);
CREATE TABLE IF NOT EXISTS member (
  segment_id INTEGER NOT NULL REFERENCES segment ON DELETE CASCADE,
  flow_log_id TEXT NOT NULL,
  entries INTEGER NOT NULL,
  oldest_start INTEGER NOT NULL,
  PRIMARY KEY (flow_log_id, segment_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_by_segment ON member (segment_id);
CREATE TABLE IF NOT EXISTS flow_log (
  flow_log_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  stored_entries INTEGER NOT NULL DEFAULT 0,
  delivered_entries INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS expired (
  flow_log_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (flow_log_id, reason)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS logstore (
  logstore_id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  ttl_days INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reference (
  logstore_id TEXT NOT NULL REFERENCES logstore,
  segment_id INTEGER NOT NULL REFERENCES segment,
  flow_log_id TEXT NOT NULL,
  delivered_at INTEGER NOT NULL,
  PRIMARY KEY (logstore_id, segment_id, flow_log_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reference_by_segment ON reference (segment_id);
CREATE INDEX IF NOT EXISTS reference_by_age ON reference (logstore_id, delivered_at);
CREATE TABLE IF NOT EXISTS ledger (
  ledger_id INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  segment_id INTEGER,
  plan_version INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  observed INTEGER NOT NULL,
  filtered INTEGER NOT NULL,
  aggregated INTEGER NOT NULL,
  skipped TEXT NOT NULL,
  stored_entries INTEGER NOT NULL,
  unassigned_entries INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_by_receipt ON ledger (received_at);
CREATE TABLE IF NOT EXISTS named_batch (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  written TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS open_window (
  unfinished INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  network_interface_id TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  window_end INTEGER NOT NULL,
  PRIMARY KEY (unfinished, account_id, network_interface_id, window_start)
) WITHOUT ROWID;
`;
