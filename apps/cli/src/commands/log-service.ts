import type { Command } from 'commander';
import { wholeNumber } from '../arguments';
import type { Surroundings } from '../cli';
import { addResourceCommands } from './resource-commands';

export function addLogServiceCommands(program: Command, surroundings: Surroundings): void {
  addResourceCommands(program, surroundings, {
    group: 'projects',
    description: 'Projects of the log service',
    singular: 'project',
    path: () => '/api/v1/projects',
    id: 'project',
    idOf: ({ projectName }) => String(projectName),
    columns: ['projectName', 'description', 'regionId', 'createdAt'],
    example: 'projects create audit --description "what the auditors read"',
    describeCreation: (command) =>
      command.argument('<project>').option('--description <text>', '', '').option('--region <region>'),
    request: ({ description, region }, projectName) => ({ projectName, description, regionId: region }),
  });
  addResourceCommands(program, surroundings, {
    group: 'logstores',
    description: 'Logstores of a project, each with its retention',
    singular: 'logstore',
    parents: ['project'],
    path: (project) => `/api/v1/projects/${encodeURIComponent(project)}/logstores`,
    id: 'logstore',
    idOf: ({ logstoreName }) => String(logstoreName),
    columns: ['logstoreName', 'ttl', 'createdAt'],
    example: 'logstores create audit traffic --ttl 30',
    describeCreation: (command) =>
      command.argument('<logstore>').option('--ttl <days>', 'how long entries are kept', wholeNumber),
    request: ({ ttl }, logstoreName) => ({ logstoreName, ttl }),
  });
}
