import { deciderSpec } from '@flowledger/event-sourcing/testing';
import { projectDecider } from './project.decider';
import type { LogstoreCreated, ProjectCreated, ProjectEvent } from './project.events';

const given = deciderSpec(projectDecider);
const accountId = '7';
const names = { projectName: 'web-logs', logstoreName: 'flow_log' };
const { projectName, logstoreName } = names;
const logstoreId = 'id-1';

const created: ProjectCreated = {
  type: 'ProjectCreated',
  data: { projectName, regionId: 'cn-hangzhou', text: { description: 'd' }, accountId },
};
const logstoreCreated: LogstoreCreated = { type: 'LogstoreCreated', data: { ...names, logstoreId, ttl: 30 } };
const deleted: ProjectEvent = { type: 'ProjectDeleted', data: { projectName, logstores: [] } };
const changed: ProjectEvent = { type: 'LogstoreRetentionChanged', data: { ...names, logstoreId, ttl: 7 } };

const create = {
  type: 'CreateProject',
  accountId,
  projectName,
  regionId: 'cn-hangzhou',
  description: 'd',
} as const;
const remove = { type: 'DeleteProject', accountId, projectName } as const;
const createLogstore = { type: 'CreateLogstore', accountId, ...names, logstoreId } as const;
const change = { type: 'ChangeLogstoreRetention', accountId, ...names, ttl: 7 } as const;
const removeLogstore = { type: 'DeleteLogstore', accountId, ...names } as const;

describe('a free project name', () => {
  it('is taken by a project', () => given().when(create).then(created));

  it.each(['ab', 'a'.repeat(64), 'Abc', 'a_b', '-abc', 'abc-', 'a/b'])('is not %s', (wrong) =>
    given()
      .when({ ...create, projectName: wrong })
      .thenRejects('InvalidProjectName'),
  );

  it.each([
    ['InvalidRegion', { regionId: 'X' }],
    ['InvalidDescription', { description: 'd'.repeat(257) }],
  ])('is refused with %s for %j', (code, wrong) =>
    given()
      .when({ ...create, ...wrong })
      .thenRejects(code),
  );

  it.each([remove, createLogstore, change, removeLogstore])('has nothing for $type', (command) =>
    given().when(command).thenRejects('ProjectNotFound'),
  );
});

describe('a project', () => {
  it.each([accountId, '8'])('keeps its name, also from account %s', (who) =>
    given(created)
      .when({ ...create, accountId: who })
      .thenRejects('ProjectAlreadyExists'),
  );

  it.each([remove, createLogstore, change, removeLogstore])('does not exist for a foreign $type', (command) =>
    given(created, logstoreCreated)
      .when({ ...command, accountId: '8' })
      .thenRejects('ProjectNotFound'),
  );

  it('goes with its logstores', () =>
    given(created, logstoreCreated)
      .when({ ...remove, ifRevision: 0 })
      .then({ type: 'ProjectDeleted', data: { projectName, logstores: [{ logstoreName, logstoreId }] } }));

  it('does not go at another revision', () =>
    given(created)
      .when({ ...remove, ifRevision: 1 })
      .thenRejects('RevisionMismatch'));

  it('takes a logstore that keeps 30 days', () => given(created).when(createLogstore).then(logstoreCreated));

  it.each(['ab', 'a'.repeat(64), 'Abc', '_abc', 'abc_'])('takes no logstore %s', (wrong) =>
    given(created)
      .when({ ...createLogstore, logstoreName: wrong })
      .thenRejects('InvalidLogstoreName'),
  );

  it.each([0, 3651, 1.5, NaN])('takes no logstore that keeps %d days', (ttl) =>
    given(created)
      .when({ ...createLogstore, ttl })
      .thenRejects('InvalidRetention'),
  );

  it('takes 200 logstores', () => {
    const full = Array.from({ length: 200 }, (_, i): LogstoreCreated => ({
      type: 'LogstoreCreated',
      data: { ...names, logstoreName: `store-${i}`, logstoreId: `${i}`, ttl: 1 },
    }));
    given(created, ...full.slice(1))
      .when(createLogstore)
      .then(logstoreCreated);
    given(created, ...full)
      .when(createLogstore)
      .thenRejects('LogstoreQuotaExceeded');
  });

  it.each([change, removeLogstore])('has no logstore for $type', (command) =>
    given(created).when(command).thenRejects('LogstoreNotFound'),
  );
});

describe('a deleted project', () => {
  it('leaves its name to anybody', () =>
    given(created, logstoreCreated, deleted)
      .when({ ...create, accountId: '8' })
      .then({ type: 'ProjectCreated', data: { ...created.data, accountId: '8' } }));

  it('leaves no logstore to the next of its name', () =>
    given(created, logstoreCreated, deleted, created).when(removeLogstore).thenRejects('LogstoreNotFound'));
});

describe('a logstore', () => {
  const present = given(created, logstoreCreated);

  it('keeps its name to itself', () => present.when(createLogstore).thenRejects('LogstoreAlreadyExists'));
  it('changes its retention', () => present.when({ ...change, ifRevision: 0 }).then(changed));
  it('does not change to what it has', () => present.when({ ...change, ttl: 30 }).thenNothing());
  it('keeps at least a day', () => present.when({ ...change, ttl: 0 }).thenRejects('InvalidRetention'));

  it('does not change at another revision', () =>
    present.when({ ...change, ifRevision: 1 }).thenRejects('RevisionMismatch'));

  it('counts its changes', () =>
    given(created, logstoreCreated, changed)
      .when({ ...removeLogstore, ifRevision: 1 })
      .then({ type: 'LogstoreDeleted', data: { ...names, logstoreId } }));

  it('does not go at another revision', () =>
    present.when({ ...removeLogstore, ifRevision: 1 }).thenRejects('RevisionMismatch'));

  it('is another one when its name is created again', () =>
    given(created, logstoreCreated, { type: 'LogstoreDeleted', data: { ...names, logstoreId } })
      .when({ ...createLogstore, logstoreId: 'id-2' })
      .then({ type: 'LogstoreCreated', data: { ...names, logstoreId: 'id-2', ttl: 30 } }));
});
