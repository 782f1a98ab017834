import type { Decider } from '@flowledger/event-sourcing';
import type { ProjectCommand } from './project.commands';
import { LogServiceRejected } from './project.errors';
import type { ProjectEvent } from './project.events';
import { evolveProject, noProject } from './project.state';
import type { Logstore, Project } from './project.state';
import {
  defaultRetention,
  isLogstoreName,
  isProjectName,
  isRegion,
  isRetention,
  logstoreQuota,
} from './project.values';

type Order<Type extends ProjectCommand['type']> = Extract<ProjectCommand, { type: Type }>;
type Present = Extract<Project, { status: 'Present' }>;

/** Refusals come in the order of the public interface: what is malformed, missing, outdated, in conflict. */
export const projectDecider: Decider<Project, ProjectCommand, ProjectEvent> = {
  initialState: () => noProject,
  decide(command, project) {
    switch (command.type) {
      case 'CreateProject':
        return createProject(command, project);
      case 'DeleteProject':
        return deleteProject(command, project);
      case 'CreateLogstore':
        return createLogstore(command, project);
      case 'ChangeLogstoreRetention':
        return changeRetention(command, project);
      case 'DeleteLogstore':
        return deleteLogstore(command, project);
    }
  },
  evolve: evolveProject,
};

function createProject(command: Order<'CreateProject'>, project: Project): ProjectEvent[] {
  const { accountId, projectName, regionId, description } = command;
  if (!isProjectName(projectName)) {
    throw new LogServiceRejected(
      'InvalidProjectName',
      'A project name has 3 to 63 lower-case letters, digits or "-", and begins and ends with a letter or digit',
    );
  }
  if (!isRegion(regionId)) {
    throw new LogServiceRejected('InvalidRegion', 'A region id looks like cn-hangzhou');
  }
  if (description.length > 256) {
    throw new LogServiceRejected('InvalidDescription', 'A description has at most 256 characters');
  }
  if (project.status === 'Present') {
    throw new LogServiceRejected('ProjectAlreadyExists', `The name ${projectName} is taken; choose another`);
  }
  return [{ type: 'ProjectCreated', data: { projectName, regionId, text: { description }, accountId } }];
}

function deleteProject(command: Order<'DeleteProject'>, project: Project): ProjectEvent[] {
  const { projectName, ifRevision } = command;
  const { revision, logstores } = ownProject(command, project);
  assertRevision(projectName, revision, ifRevision);
  const gone = [...logstores].map(([logstoreName, { logstoreId }]) => ({ logstoreName, logstoreId }));
  return [{ type: 'ProjectDeleted', data: { projectName, logstores: gone } }];
}

function createLogstore(command: Order<'CreateLogstore'>, project: Project): ProjectEvent[] {
  const { projectName, logstoreName, logstoreId, ttl = defaultRetention } = command;
  if (!isLogstoreName(logstoreName)) {
    throw new LogServiceRejected(
      'InvalidLogstoreName',
      'A logstore name has 3 to 63 lower-case letters, digits, "-" or "_", and begins and ends with a letter or digit',
    );
  }
  assertRetention(ttl);
  const { logstores } = ownProject(command, project);
  if (logstores.has(logstoreName)) {
    throw new LogServiceRejected('LogstoreAlreadyExists', `${projectName} has a logstore ${logstoreName}`);
  }
  if (logstores.size >= logstoreQuota) {
    throw new LogServiceRejected('LogstoreQuotaExceeded', `${projectName} has ${logstoreQuota} logstores`);
  }
  return [{ type: 'LogstoreCreated', data: { projectName, logstoreName, logstoreId, ttl } }];
}

/** The ttl it has already is no event. */
function changeRetention(command: Order<'ChangeLogstoreRetention'>, project: Project): ProjectEvent[] {
  const { projectName, logstoreName, ttl, ifRevision } = command;
  assertRetention(ttl);
  const logstore = logstoreOf(ownProject(command, project), command);
  assertRevision(logstoreName, logstore.revision, ifRevision);
  if (ttl === logstore.ttl) return [];
  const { logstoreId } = logstore;
  return [{ type: 'LogstoreRetentionChanged', data: { projectName, logstoreName, logstoreId, ttl } }];
}

function deleteLogstore(command: Order<'DeleteLogstore'>, project: Project): ProjectEvent[] {
  const { projectName, logstoreName, ifRevision } = command;
  const { logstoreId, revision } = logstoreOf(ownProject(command, project), command);
  assertRevision(logstoreName, revision, ifRevision);
  return [{ type: 'LogstoreDeleted', data: { projectName, logstoreName, logstoreId } }];
}

function ownProject(command: { accountId: string; projectName: string }, project: Project): Present {
  if (project.status === 'Absent' || project.accountId !== command.accountId) {
    throw projectNotFound(command.projectName);
  }
  return project;
}

export const projectNotFound = (projectName: string): LogServiceRejected =>
  new LogServiceRejected('ProjectNotFound', `There is no project ${projectName.slice(0, 64)}`);

export const logstoreNotFound = (projectName: string, logstoreName: string): LogServiceRejected =>
  new LogServiceRejected(
    'LogstoreNotFound',
    `${projectName.slice(0, 64)} has no logstore ${logstoreName.slice(0, 64)}`,
  );

function logstoreOf(project: Present, command: { projectName: string; logstoreName: string }): Logstore {
  const logstore = project.logstores.get(command.logstoreName);
  if (!logstore) throw logstoreNotFound(command.projectName, command.logstoreName);
  return logstore;
}

function assertRetention(ttl: number): void {
  if (!isRetention(ttl)) {
    throw new LogServiceRejected('InvalidRetention', 'ttl is 1 to 3650 days; 3650 keeps for ever');
  }
}

function assertRevision(name: string, actual: number, expected: number | undefined): void {
  if (expected !== undefined && expected !== actual) {
    throw new LogServiceRejected('RevisionMismatch', `${name} is at revision ${actual}, not ${expected}`);
  }
}
