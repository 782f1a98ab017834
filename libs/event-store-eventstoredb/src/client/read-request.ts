import type { LogPosition, StreamRevision } from '@flowledger/event-sourcing';
import type { Protocol, ReadRequest } from './protocol';

interface Page {
  readonly backwards: boolean;
  readonly maxCount: number;
}

/** Inclusive; from the beginning, or backwards from the end, without `from`. */
export interface StreamPage extends Page {
  readonly stream: string;
  readonly from: StreamRevision | undefined;
}

/** Inclusive forwards, exclusive backwards. */
export interface LogPage extends Page {
  readonly from: LogPosition | undefined;
  readonly streamPrefixes: readonly string[] | undefined;
}

/** Exclusive. */
export interface LogTail {
  readonly after: LogPosition | undefined;
  readonly streamPrefixes: readonly string[] | undefined;
}

/** Times 32 considered events: how often a filtered subscription tells where it is. */
const checkpointInterval = 10;

export function streamPage(protocol: Protocol, page: StreamPage): ReadRequest {
  const { Empty, ReadReq } = protocol;
  const single = new ReadReq.Options.StreamOptions().setStreamIdentifier(
    new protocol.StreamIdentifier().setStreamName(new TextEncoder().encode(page.stream)),
  );
  if (page.from !== undefined) single.setRevision(`${page.from}`);
  else if (page.backwards) single.setEnd(new Empty());
  else single.setStart(new Empty());
  const options = pageOptions(protocol, page).setStream(single).setNoFilter(new Empty());
  return new ReadReq().setOptions(options);
}

export function logPage(protocol: Protocol, page: LogPage): ReadRequest {
  const { Empty, ReadReq } = protocol;
  const all = new ReadReq.Options.AllOptions();
  if (page.from) all.setPosition(positionMessage(protocol, page.from));
  else if (page.backwards) all.setEnd(new Empty());
  else all.setStart(new Empty());
  const options = pageOptions(protocol, page).setAll(all);
  if (page.streamPrefixes) options.setFilter(prefixFilter(protocol, page.streamPrefixes));
  else options.setNoFilter(new Empty());
  return new ReadReq().setOptions(options);
}

/** System streams are left out by the server even without prefixes: only filtered subscriptions get checkpoints. */
export function logTail(protocol: Protocol, { after, streamPrefixes }: LogTail): ReadRequest {
  const { Empty, ReadReq } = protocol;
  const all = new ReadReq.Options.AllOptions();
  if (after) all.setPosition(positionMessage(protocol, after));
  else all.setStart(new Empty());
  const options = new ReadReq.Options()
    .setAll(all)
    .setSubscription(new ReadReq.Options.SubscriptionOptions())
    .setFilter(prefixFilter(protocol, streamPrefixes))
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()));
  return new ReadReq().setOptions(options);
}

function pageOptions(
  { Empty, ReadReq }: Protocol,
  { backwards, maxCount }: Page,
): InstanceType<Protocol['ReadReq']['Options']> {
  const { BACKWARDS, FORWARDS } = ReadReq.Options.ReadDirection;
  return new ReadReq.Options()
    .setReadDirection(backwards ? BACKWARDS : FORWARDS)
    .setCount(`${maxCount}`)
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()));
}

const positionMessage = ({ ReadReq }: Protocol, { commit, prepare }: LogPosition) =>
  new ReadReq.Options.Position().setCommitPosition(`${commit}`).setPreparePosition(`${prepare}`);

function prefixFilter({ Empty, ReadReq }: Protocol, prefixes: readonly string[] | undefined) {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  if (prefixes) expression.setPrefixList([...prefixes]);
  else expression.setRegex('^[^$]');
  return new ReadReq.Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setCount(new Empty())
    .setCheckpointintervalmultiplier(checkpointInterval);
}
