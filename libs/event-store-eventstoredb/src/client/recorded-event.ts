import { logPosition, streamRevision } from '@flowledger/event-sourcing';
import type { EventMetadata, RecordedEvent } from '@flowledger/event-sourcing';
import type { RecordedMessage } from './protocol';

const noMetadata = {} as EventMetadata;
/** `created` is in .NET ticks of 100 nanoseconds: more digits than a number holds. */
const digitsBelowMilliseconds = 4;

/** Events of other writers may have no metadata, or data that are not JSON: they come as `{}`, as text or as bytes. */
export function toRecorded(message: RecordedMessage): RecordedEvent {
  const headers = message.getMetadataMap();
  const data = message.getData_asU8();
  const metadata = message.getCustomMetadata_asU8();
  return {
    id: message.getId()!.getString(),
    type: headers.get('type') ?? '',
    data: headers.get('content-type') === 'application/json' ? jsonOrText(data) : data,
    metadata: metadata.length === 0 ? noMetadata : (jsonOrText(metadata) as EventMetadata),
    stream: textOf(message.getStreamIdentifier()!.getStreamName_asU8()),
    revision: streamRevision(BigInt(message.getStreamRevision())),
    position: logPosition(BigInt(message.getCommitPosition()), BigInt(message.getPreparePosition())),
    recordedAt: new Date(
      Number((headers.get('created') ?? '').slice(0, -digitsBelowMilliseconds)),
    ).toISOString(),
  };
}

/** Neither in a system stream nor of a system type: links and `$streamDeleted` stand in ordinary streams. */
export const isDomainEvent = ({ stream, type }: RecordedEvent): boolean =>
  !stream.startsWith('$') && !type.startsWith('$');

/** Whether the stream's name begins with one of the prefixes; without a list every stream is meant. */
export const hasPrefix = (stream: string, prefixes: readonly string[] | undefined): boolean =>
  prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

function jsonOrText(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
