/** A flow log as the acknowledged commands say that it must be. */
export interface ExpectedFlowLog {
  readonly flowLogId: string;
  readonly networkInterface: ExpectedInterface;
  status: 'Active' | 'Inactive' | 'Gone';
  interval: number;
  /** The logstore that it was bound to last. */
  boundTo: ExpectedLogstore | undefined;
}

export interface ExpectedInterface {
  readonly networkInterfaceId: string;
  readonly address: string;
  /** Numbers of packets that were imported on it, so far. */
  imported: number;
}

/** One life of the logstore: the same name created again is another one. */
export interface ExpectedLogstore {
  present: boolean;
  /** `address number` of each imported entry whose import was acknowledged. */
  readonly entries: string[];
}

/** A part of the account in which one operator works alone: what is expected of it follows from what was acknowledged. */
export class Cell {
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly projectName: string;
  readonly logstoreName = 'entries';
  readonly interfaces: ExpectedInterface[] = [];
  readonly flowLogs: ExpectedFlowLog[] = [];
  /** Of every life. */
  readonly logstores: ExpectedLogstore[] = [];

  constructor(
    readonly number: number,
    run: string,
  ) {
    this.vpcId = `vpc-${run}${number}`;
    this.vSwitchId = `vsw-${run}${number}`;
    this.projectName = `prj-${run}-${number}`;
  }

  get logstore(): ExpectedLogstore | undefined {
    const last = this.logstores.at(-1);
    return last?.present ? last : undefined;
  }

  get logstoresPath(): string {
    return `/projects/${this.projectName}/logstores`;
  }

  get logstorePath(): string {
    return `${this.logstoresPath}/${this.logstoreName}`;
  }

  get present(): ExpectedFlowLog[] {
    return this.flowLogs.filter(({ status }) => status !== 'Gone');
  }

  get freeInterfaces(): ExpectedInterface[] {
    const taken = new Set(this.present.map(({ networkInterface }) => networkInterface));
    return this.interfaces.filter((one) => !taken.has(one));
  }

  /** Those whose entries arrive somewhere. */
  get delivering(): ExpectedFlowLog[] {
    return this.present.filter(
      ({ status, boundTo }) => status === 'Active' && boundTo !== undefined && boundTo === this.logstore,
    );
  }

  nextInterface(run: string): ExpectedInterface {
    const host = 10 + this.interfaces.length;
    return {
      networkInterfaceId: `eni-${run}${this.number}x${host}`,
      address: `10.${this.number}.${1 + Math.floor(host / 250)}.${1 + (host % 250)}`,
      imported: 0,
    };
  }
}
