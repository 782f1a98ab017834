import { BSON } from 'mongodb';

export type Document = Record<string, unknown>;

export interface Request {
  readonly id: number;
  readonly command: Document;
  readonly legacy: boolean;
  readonly answered: boolean;
}

const read = (bytes: Buffer): Document => BSON.deserialize(bytes, { useBigInt64: true });
const queryCode = 2004;
const messageCode = 2013;
const moreToCome = 2;

/** Cuts the bytes of a connection into whole messages. */
export function splitMessages(bytes: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let rest = bytes;
  while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
    messages.push(rest.subarray(0, rest.readInt32LE(0)));
    rest = rest.subarray(rest.readInt32LE(0));
  }
  return { messages, rest };
}

/** OP_MSG, or the OP_QUERY that drivers still open a connection with. */
export function decodeRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === queryCode) {
    const start = message.indexOf(0, 20) + 9;
    return { id, command: { ...read(message.subarray(start)), $db: 'admin' }, legacy: true, answered: true };
  }
  if (code !== messageCode) throw new Error(`operation code ${code} is not spoken here`);
  const flags = message.readUInt32LE(16);
  return {
    id,
    command: sectionsOf(message, flags & 1 ? 4 : 0),
    legacy: false,
    answered: !(flags & moreToCome),
  };
}

function sectionsOf(message: Buffer, trailer: number): Document {
  const command: Document = {};
  for (let at = 20; at < message.length - trailer;) {
    const kind = message[at]!;
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0) Object.assign(command, read(section));
    else Object.assign(command, sequenceOf(section));
    at += 1 + size;
  }
  return command;
}

function sequenceOf(section: Buffer): Document {
  const end = section.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(read(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, end)]: documents };
}

export function encodeReply(request: Request, reply: Document): Buffer {
  const body = BSON.serialize(reply, { ignoreUndefined: true });
  const header = Buffer.alloc(request.legacy ? 36 : 21);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? 1 : messageCode, 12);
  if (request.legacy) header.writeInt32LE(1, 32);
  return Buffer.concat([header, body]);
}
