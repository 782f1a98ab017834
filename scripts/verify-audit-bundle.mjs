#!/usr/bin/env node
// Verifies an audit bundle of Flowledger offline. Needs Node 20 and nothing else, so that an auditor can read all of it:
//   node verify-audit-bundle.mjs [--json] [--key <key id>] <bundle>
// Exit codes: 0 everything is as it was signed; 1 something is not, and the first wrong event is named; 2 wrong usage.
// `--key` is the key id that the operator published; without it the bundle's own key is believed.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);
const fromHex = (text) => Buffer.from(String(text), 'hex');

/** RFC 8785 for what JSON.parse gives. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** RFC 9162, 2.1.3.2. */
function isIncluded(leaf, index, size, proof, root) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size || !Array.isArray(proof)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof.map(fromHex)) {
    if (last === 0) return false;
    const isRight = node % 2 === 1 || node === last;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    for (; isRight && node % 2 === 0 && node !== 0; node /= 2) last = Math.floor(last / 2);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}

function isSignedBy(publicKey, keyId, text, signature) {
  const [der, signed] = [publicKey, signature].map((part) => Buffer.from(String(part), 'base64'));
  if (sha256(der).toString('hex').slice(0, 16) !== keyId || signed.toString('base64') !== signature)
    return false;
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, signed);
}

const isCheckpointSigned = ({ signature, ...checkpoint }) =>
  isSignedBy(checkpoint.publicKey, checkpoint.keyId, canonical(checkpoint), signature);

function parsed(line) {
  try {
    return JSON.parse(line.toString()) ?? {};
  } catch {
    return {};
  }
}
const isEntry = (value) => value.roll !== undefined && value.leaf !== undefined;
const isEvent = (value) => value.stream !== undefined && value.data !== undefined;
const isSame = (a, b) => a.stream === b.stream && a.revision === b.revision && a.position === b.position;
const nameOf = (event) => `stream ${event.stream}, revision ${event.revision}, position ${event.position}`;

class Wrong extends Error {
  constructor(problem, event) {
    super(event ? `${nameOf(event)}: ${problem}` : problem);
    this.problem = problem;
    this.event = event && { stream: event.stream, revision: event.revision, position: event.position };
  }
}
function must(isSo, problem, event) {
  if (!isSo) throw new Wrong(problem, event);
}

function checkHead(line, trustedKey) {
  const { signature, ...head } = parsed(line);
  must(head.bundle === 'flowledger-audit', 'line 1 is not the head of an audit bundle');
  must(head.format === 1, `this program does not know format ${head.format}`);
  const { key, checkpoint } = head;
  must(!trustedKey || key.id === trustedKey, `it is signed by the key ${key.id}, not by ${trustedKey}`);
  const isSigned = isSignedBy(key.publicKey, key.id, canonical(head), signature);
  must(isSigned && canonical({ ...head, signature }) === line.toString(), 'the head in line 1 was changed');
  must(checkpoint.keyId === key.id && isCheckpointSigned(checkpoint), 'its checkpoint is not signed');
  return head;
}

/** The entry in its line is not that of the event that the line before promised: what happened? */
async function misplacement(open, entry, event, expected, last, isProven) {
  if (isSame(event, expected)) return new Wrong('its entry was changed', expected);
  for await (const line of open()) {
    const other = parsed(line);
    if (!isEvent(other) || !isSame(other, expected)) continue;
    if (isProven && entry.index > (last?.index ?? -1))
      return new Wrong(`it was moved: in its place is ${nameOf(entry)}`, expected);
    return new Wrong('it was added: the signed log does not have it here', entry);
  }
  return new Wrong(isProven ? 'it was removed' : `it was replaced by ${nameOf(entry)}`, expected);
}

/**
 * @param open gives the lines of the bundle as Buffers, from the beginning each time
 * @returns what was checked; throws {@link Wrong}
 */
export async function verifyBundle(open, trustedKey) {
  const lines = open()[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const headLine = (await next()) ?? Buffer.alloc(0);
  const { checkpoint, scope, first, key, asOf } = checkHead(headLine, trustedKey);
  const root = fromHex(checkpoint.root);
  const isAll = scope.kind === 'all';
  const [streams, keys] = [new Map(), new Set([key.id])];
  let [roll, expected, last, previous, count, checkpoints] = [headLine, first, null, null, 0, 1];
  for (;;) {
    const line = await next();
    must(line, 'the bundle ends too early', expected);
    const entry = parsed(line);
    if (entry.seal) {
      must(!expected, 'it was removed', expected);
      const { seal, signature } = entry;
      must(canonical({ seal, signature }) === line.toString(), 'the seal in the last line was changed');
      must(isSignedBy(key.publicKey, key.id, canonical(seal), signature), 'the seal is not signed');
      const isTold = seal.events === count && seal.roll === String(roll);
      must(isTold, `the seal tells of ${seal.events} events, ${count} are here`, seal.last);
      must(!(await next()), 'there is something after the seal');
      const isShort = isAll && asOf === null && count !== checkpoint.treeSize;
      must(!isShort, `${checkpoint.treeSize} events were signed`);
      const { edge: _, ...signed } = checkpoint;
      return { events: count, streams: streams.size, scope, asOf, checkpoints, keys: [...keys], ...signed };
    }
    must(isEntry(entry) || !isEvent(entry), expected ? 'its entry was removed' : 'it was added', entry);
    must(isEntry(entry) || expected, 'the seal in the last line was changed');
    must(isEntry(entry), 'its entry was changed', expected);
    must(expected, 'it was added: the bundle ended before it', entry);
    const text = (await next()) ?? Buffer.alloc(0);
    const event = parsed(text);
    const leaf = sha256(Uint8Array.of(0), text);
    const isProven = isIncluded(leaf, entry.index, checkpoint.treeSize, entry.proof, root);
    if (!isSame(entry, expected)) throw await misplacement(open, entry, event, expected, last, isProven);
    must(!isEntry(event) && !event.seal, 'it was removed, its entry was not', expected);
    const isOther = isEvent(event) && !isSame(event, expected);
    must(!isOther, `in its place is ${nameOf(event)}`, expected);
    must(isProven || leaf.toString('hex') === entry.leaf, 'it was changed', expected);
    must(isProven, 'it is not proven to be in the signed log', expected);
    must(!isAll || entry.index === count, `it is number ${entry.index} of the log, not ${count}`, expected);
    const before = streams.get(entry.stream) ?? { revision: -1, chain: Buffer.alloc(32) };
    must(`${before.revision + 1}` === entry.revision, 'events before it in its stream are missing', expected);
    const chain = sha256(before.chain, leaf);
    streams.set(entry.stream, { revision: before.revision + 1, chain });
    must(chain.toString('hex') === entry.chain, 'the chain of its stream does not lead to it', expected);
    const { roll: told, ...rest } = entry;
    roll = sha256(roll, canonical(rest)).toString('hex');
    const isUntouched = told === roll && leaf.toString('hex') === entry.leaf;
    must(isUntouched && canonical(entry) === line.toString(), 'its entry was changed', expected);
    if (event.type === 'AuditCheckpointSigned') {
      must(isCheckpointSigned(event.data), 'the checkpoint in it is not signed', expected);
      must(!isAll || event.data.previous === previous, 'the checkpoint before it is another', expected);
      previous = sha256(canonical(event.data)).toString('hex');
      keys.add(event.data.keyId);
      checkpoints += 1;
    }
    [last, expected, count] = [entry, entry.next, count + 1];
  }
}

/** Lines as bytes: what is hashed is what stands in the file. */
async function* linesOf(file) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 })) {
    rest = Buffer.concat([rest, chunk]);
    let [start, end] = [0, rest.indexOf(10)];
    for (; end >= 0; [start, end] = [end + 1, rest.indexOf(10, end + 1)]) yield rest.subarray(start, end);
    rest = rest.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

async function main(words) {
  const isJson = words[0] === '--json' && Boolean(words.shift());
  const trustedKey = words[0] === '--key' ? words.splice(0, 2)[1] : undefined;
  if (words.length !== 1 || words[0].startsWith('-')) {
    process.stderr.write('usage: verify-audit-bundle.mjs [--json] [--key <key id>] <bundle>\n');
    return 2;
  }
  const tell = (answer, text) => process.stdout.write(`${isJson ? JSON.stringify(answer) : text}\n`);
  try {
    const found = await verifyBundle(() => linesOf(words[0]), trustedKey);
    const what = `${found.events} events of ${found.streams} streams, ${found.checkpoints} checkpoints`;
    const tree = `of ${found.treeSize} events up to position ${found.position}, root ${found.root}`;
    const how = `${tree}, signed ${found.signedAt} with ${found.keys.join(', ')}`;
    tell({ verified: true, ...found }, `verified: ${what}; the last ${how}`);
    return 0;
  } catch (error) {
    const { message, problem = message, event = null } = error;
    if (error.syscall) return process.stderr.write(`${message}\n`) && 2;
    tell({ verified: false, problem, event }, `NOT as it was signed: ${message}`);
    return 1;
  }
}

if (/verify-audit-bundle\.mjs$/.test(process.argv[1] ?? ''))
  void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
