import type { EventConsumer, EventProducer } from './catalogue';

/** The part of an AsyncAPI 3.0.0 document that the catalogue uses; `x-` members are ours. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly url: string };
  };
  readonly defaultContentType: 'application/json';
  /** By category of streams. */
  readonly channels: Readonly<Record<string, AsyncApiChannel>>;
  readonly operations: Readonly<Record<string, AsyncApiOperation>>;
  readonly components: {
    /** By event type. */
    readonly messages: Readonly<Record<string, AsyncApiMessage>>;
    readonly messageTraits: Readonly<Record<string, { readonly headers: object }>>;
  };
}

export interface Reference {
  readonly $ref: string;
}

export interface AsyncApiChannel {
  readonly address: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, { readonly description: string }>>;
  readonly messages: Readonly<Record<string, Reference>>;
}

export interface AsyncApiOperation {
  readonly action: 'send' | 'receive';
  readonly channel: Reference;
  readonly summary: string;
  readonly messages: readonly Reference[];
}

export interface AsyncApiMessage {
  /** As a CloudEvents type: `io.flowledger.FlowLogStopped.v1`. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly traits: readonly Reference[];
  readonly payload: object;
  readonly examples: readonly { readonly name: string; readonly payload: unknown }[];
  readonly 'x-schema-version': number;
  readonly 'x-owner': string;
  readonly 'x-streams': readonly string[];
  readonly 'x-producers': readonly EventProducer[];
  readonly 'x-consumers': readonly EventConsumer[];
}
