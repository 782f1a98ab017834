import { projectionSpec } from '@flowledger/event-sourcing/testing';
import type { ProjectEvent } from '../domain/project.events';
import { logstoreBindingsProjection } from './logstore-bindings.projection';
import { logstoreKey, logstoresProjection } from './logstores.projection';
import { projectsProjection } from './projects.projection';

const at = '2026-03-01T00:00:00.000Z';
const accountId = '7';
const options = { stream: 'project-web-logs', at, accountId };
const names = { projectName: 'web-logs', logstoreName: 'flow_log' };
const { projectName, logstoreName } = names;
const logstoreId = 'id-1';
const key = logstoreKey(projectName, logstoreName);

const created: ProjectEvent = {
  type: 'ProjectCreated',
  data: { projectName, regionId: 'cn-hangzhou', text: { description: 'd' }, accountId },
};
const logstoreCreated: ProjectEvent = { type: 'LogstoreCreated', data: { ...names, logstoreId, ttl: 30 } };
const changed: ProjectEvent = { type: 'LogstoreRetentionChanged', data: { ...names, logstoreId, ttl: 7 } };
const logstoreDeleted: ProjectEvent = { type: 'LogstoreDeleted', data: { ...names, logstoreId } };
const deleted: ProjectEvent = {
  type: 'ProjectDeleted',
  data: { projectName, logstores: [{ logstoreName, logstoreId }] },
};

describe('the projects', () => {
  const given = projectionSpec(projectsProjection, options);

  it('show what exists, untouched by its logstores', () =>
    given(created, logstoreCreated).then(projectName, {
      projectName,
      accountId,
      regionId: 'cn-hangzhou',
      description: 'd',
      createdAt: at,
      lastModifiedAt: at,
      revision: 0,
    }));

  it('forget what was deleted', () => given(created, deleted).then(projectName, undefined));
});

describe('the logstores', () => {
  const given = projectionSpec(logstoresProjection, options);
  const logstore = {
    ...names,
    accountId,
    logstoreId,
    ttl: 30,
    createdAt: at,
    lastModifiedAt: at,
    revision: 0,
  };

  it('show what exists', () => given(created, logstoreCreated).then(key, logstore));

  it('show the retention of now and count the change', () =>
    given(logstoreCreated, changed).then(key, { ...logstore, ttl: 7, revision: 1 }));

  it.each([logstoreDeleted, deleted])('forget what went with $type', (gone) =>
    given(logstoreCreated, gone).then(key, undefined),
  );
});

describe('the logstore bindings', () => {
  const given = projectionSpec(logstoreBindingsProjection, options);
  const binding = { ...names, accountId, logstoreId, ttl: 30, deleted: false };

  it('tell the name and the retention', () =>
    given(created, logstoreCreated, changed).then(logstoreId, { ...binding, ttl: 7 }));

  it.each([logstoreDeleted, deleted])('remember what went with $type', (gone) =>
    given(logstoreCreated, gone).then(logstoreId, { ...binding, deleted: true }),
  );

  it('tell a logstore from the next of its name', () => {
    const again: ProjectEvent = { type: 'LogstoreCreated', data: { ...names, logstoreId: 'id-2', ttl: 1 } };
    const bindings = given(logstoreCreated, logstoreDeleted, again);
    bindings.then(logstoreId, { ...binding, deleted: true });
    bindings.then('id-2', { ...binding, logstoreId: 'id-2', ttl: 1 });
  });
});
