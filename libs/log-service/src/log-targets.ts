import { Injectable } from '@nestjs/common';
import { Projects } from './projects';

export interface LogTarget {
  /** `foreign`: another account has the name. */
  readonly project: 'own' | 'foreign' | 'missing';
  /** Of an own project only. */
  readonly projectRegionId?: string;
  /** Internal id of the own logstore of this name; null when there is none. */
  readonly logstoreId: string | null;
}

/** What a flow log would deliver to, as of now: folded from the stream, never from a read model. */
@Injectable()
export class LogTargets {
  constructor(private readonly projects: Projects) {}

  async find(accountId: string, projectName: string, logstoreName: string): Promise<LogTarget> {
    const project = await this.projects.load(projectName);
    if (project.status === 'Absent') return { project: 'missing', logstoreId: null };
    if (project.accountId !== accountId) return { project: 'foreign', logstoreId: null };
    return {
      project: 'own',
      projectRegionId: project.regionId,
      logstoreId: project.logstores.get(logstoreName)?.logstoreId ?? null,
    };
  }
}
