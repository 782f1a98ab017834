import type { CatalogueEvent, CatalogueStream, EventCatalogue } from '@flowledger/event-catalogue';
import { processManagers, projections } from './consumers';
import { DecisionReader } from './decisions';
import { categoriesOf, eventTypes, ownerOf } from './event-types';
import type { EventType } from './event-types';
import { declarationsOf, member, typeNames } from './program';
import type { Code } from './program';

export interface Versions {
  /** Undefined for a type that is only read. */
  versionOf(type: string): number | undefined;
}

/** Everything that the sources say about what is stored: an event is stored when a decider decides it. */
export function readCatalogue(code: Code, versions: Versions): EventCatalogue {
  const types = eventTypes(code);
  const consumers = [...projections(code), ...processManagers(code)];
  const processes = consumers.filter(({ kind }) => kind === 'process manager').map(({ name }) => name);
  const streams = new Map<string, CatalogueStream>();
  const events = new Map<string, CatalogueEvent>();
  for (const decider of deciders(code)) {
    for (const type of decider.events) {
      const declared = known(types, type, decider.name);
      const categories = categoriesOf(code, declared.file, processes);
      if (categories.length === 0)
        throw new Error(`${type}: no …Stream function stands in its file or beside it`);
      for (const category of categories) streams.set(category.category, category);
      const version = versions.versionOf(type);
      if (version === undefined) throw new Error(`${type} is decided by ${decider.name}, but was renamed`);
      const producer = {
        decider: decider.name,
        owner: decider.owner,
        commands: [...(decider.decisions.get(type) ?? [])].sort(),
      };
      events.set(type, {
        type,
        version,
        description: declared.description,
        owner: declared.owner,
        streams: categories.map(({ category }) => category).sort(),
        schema: declared.schema(),
        producers: [...(events.get(type)?.producers ?? []), producer],
        consumers: consumers
          .filter(({ events: consumed }) => consumed.includes(type))
          .map(({ kind, name, owner }) => ({ kind, name, owner }))
          .sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name)),
      });
    }
  }
  return {
    streams: [...streams.values()].sort((a, b) => compare(a.category, b.category)),
    events: [...events.values()].sort((a, b) => compare(a.type, b.type)),
  };
}

function deciders(code: Code) {
  const found = declarationsOf(code, 'Decider', 'decide').flatMap(({ name, typeArguments, object, node }) => {
    const [, command, event] = typeArguments;
    const decide = member(object, 'decide');
    if (!command || !event || !decide) return [];
    const events = typeNames(code.checker, event);
    const decisions = DecisionReader.read(code, decide, events, typeNames(code.checker, command));
    return [{ name, owner: ownerOf(node.getSourceFile().fileName), events, decisions }];
  });
  if (found.length === 0) throw new Error('The sources have no Decider<State, Command, Event>');
  return found;
}

function known(types: ReadonlyMap<string, EventType>, type: string, decider: string): EventType {
  const found = types.get(type);
  if (!found) throw new Error(`${decider} decides ${type}, but no type Event<'${type}', …> is declared`);
  return found;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
