import type { View } from './collections';
import { keyOf } from './collections';
import { CommandFailure } from './command-failure';
import { sorter } from './compare';
import { matches } from './match';
import type { Document } from './wire';

type Command = (view: View, namespace: string, command: Document) => Document;

const select = (view: View, namespace: string, query: unknown) =>
  [...view.documents(namespace).values()].filter((document) => matches(document, (query ?? {}) as Document));

/** Whole answers in one batch: no cursor stays open, and a `getMore` is an unknown command. */
const batch = (namespace: string, firstBatch: Document[]) => ({
  ok: 1,
  cursor: { id: 0n, ns: namespace, firstBatch },
});

const find: Command = (view, namespace, { filter, sort, limit }) => {
  const found = select(view, namespace, filter);
  if (sort) found.sort(sorter(sort as Document));
  return batch(namespace, limit ? found.slice(0, Number(limit)) : found);
};

const aggregate: Command = (view, namespace, { pipeline }) => {
  const [match, count] = pipeline as Document[];
  if (!match?.['$match'] || !count?.['$count']) throw new CommandFailure(40324, 'only $match and $count');
  const { length } = select(view, namespace, match['$match']);
  return batch(namespace, length ? [{ [count['$count'] as string]: length }] : []);
};

const update: Command = (view, namespace, { updates, ordered }) => {
  const upserted: Document[] = [];
  const result = each(updates as Document[], ordered !== false, ({ q, u, upsert }, index) => {
    const query = q as Document;
    const replacement = u as Document;
    const [found] = select(view, namespace, query);
    if (!found && !upsert) return 0;
    const _id = found ? found['_id'] : query['_id'];
    if (!found && view.documents(namespace).has(keyOf(_id))) {
      throw new CommandFailure(11000, `E11000 duplicate key error collection: ${namespace} index: _id_`);
    }
    view.write(namespace, keyOf(_id), { _id, ...changed(found, replacement) });
    if (!found) upserted.push({ index, _id });
    return 1;
  });
  return {
    ...result,
    nModified: Number(result['n']) - upserted.length,
    ...(upserted.length && { upserted }),
  };
};

/** A replacement, or `$set` and `$unset` of top-level members. */
function changed(found: Document | undefined, change: Document): Document {
  const operators = Object.keys(change).filter((key) => key.startsWith('$'));
  if (operators.length === 0) return change;
  const unknown = operators.find((key) => key !== '$set' && key !== '$unset');
  if (unknown) throw new CommandFailure(9, `unknown update operator: ${unknown}`);
  const next = { ...found, ...(change['$set'] as Document) };
  for (const key of Object.keys((change['$unset'] as Document | undefined) ?? {})) delete next[key];
  return next;
}

const drop: Command = (view, namespace) => {
  for (const key of [...view.documents(namespace).keys()]) view.write(namespace, key, undefined);
  return { ok: 1 };
};

const remove: Command = (view, namespace, { deletes, ordered }) =>
  each(deletes as Document[], ordered !== false, ({ q, limit }) => {
    const found = select(view, namespace, q).slice(0, Number(limit) === 1 ? 1 : undefined);
    for (const { _id } of found) view.write(namespace, keyOf(_id), undefined);
    return found.length;
  });

/** Runs the statements of one command; E11000 is reported per statement, anything else ends the command. */
function each(
  statements: Document[],
  ordered: boolean,
  run: (statement: Document, index: number) => number,
): Document {
  let n = 0;
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      n += run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandFailure) || error.code !== 11000) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message });
      if (ordered) break;
    }
  }
  return { ok: 1, n, ...(writeErrors.length && { writeErrors }) };
}

const ok: Command = () => ({ ok: 1 });

export const commands: Record<string, Command> = {
  ping: ok,
  endSessions: ok,
  killCursors: ok,
  /** Every query scans, so an index changes nothing here: whether one is used is a question for a real server. */
  createIndexes: ok,
  find,
  aggregate,
  update,
  delete: remove,
  drop,
};
