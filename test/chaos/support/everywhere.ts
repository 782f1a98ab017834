import { notApplicable, Variants } from '../frame/chaos-case';
import type { Cells, NotRun } from '../frame/chaos-case';
import { embedded, onFake, onMongo, onServer } from './stores';
import type { OpenStores } from './stores';

/** The connection string of a real EventStoreDB, where one was named. */
export const serverUrl = process.env['FLOWLEDGER_EVENTSTORE_URL'] || undefined;

export const onRealServer = <Given>(given: (connectionString: string) => Given): Given | NotRun =>
  serverUrl === undefined ? notApplicable('no FLOWLEDGER_EVENTSTORE_URL') : given(serverUrl);

export const bothProfiles = <Given>(given: (profile: 'legacy' | 'modern') => Given): Variants<Given> =>
  new Variants({ 'as 23.10': given('legacy'), 'as 24.10': given('modern') });

export const bothModes = <Given>(given: (mode: 'replica set' | 'standalone') => Given): Variants<Given> =>
  new Variants({ 'replica set': given('replica set'), standalone: given('standalone') });

export const holdsNoLog = notApplicable('it holds read models, no log');

/** Each log with embedded read models, and MongoDB's read models with an embedded log. */
export const everyPair: Cells<OpenStores> = {
  embedded,
  'EventStoreDB fake': bothProfiles(onFake),
  'real EventStoreDB': onRealServer(onServer),
  'MongoDB fake': bothModes(onMongo),
};

/** For a hazard of logs alone. */
export const everyLog: Cells<OpenStores> = { ...everyPair, 'MongoDB fake': holdsNoLog };
