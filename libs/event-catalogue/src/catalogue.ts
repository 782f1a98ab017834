/** What is stored, by whom it is decided and who follows it. Generated from the sources by `npm run catalogue`. */
export interface EventCatalogue {
  readonly streams: readonly CatalogueStream[];
  readonly events: readonly CatalogueEvent[];
}

export interface CatalogueStream {
  /** What stands before the first `-` of the name of its streams. */
  readonly category: string;
  /** `flowLog-{flowLogId}` */
  readonly address: string;
  readonly description: string;
}

export interface CatalogueEvent {
  readonly type: string;
  /** The schema version in which it is written now. */
  readonly version: number;
  readonly description: string;
  /** The library or application whose event it is. */
  readonly owner: string;
  /** Categories. */
  readonly streams: readonly string[];
  /** JSON Schema of its data. */
  readonly schema: object;
  readonly producers: readonly EventProducer[];
  readonly consumers: readonly EventConsumer[];
}

export interface EventProducer {
  readonly decider: string;
  readonly owner: string;
  readonly commands: readonly string[];
}

export interface EventConsumer {
  readonly kind: 'projection' | 'process manager';
  /** Of the read model, or of the process manager. */
  readonly name: string;
  readonly owner: string;
}
