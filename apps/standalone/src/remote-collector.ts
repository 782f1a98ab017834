import { Readable } from 'node:stream';
import { DataPlaneUnavailable, RepeatedRefusal } from '@flowledger/api';
import type { Problem } from '@flowledger/api';
import type { CaptureCall, CollectorCalls } from './collector-door';
import { internalPrefix } from './internal-door';

export interface RemoteCollectorOptions {
  /** Of the collector's process. */
  readonly url: string;
  readonly secret: string;
}

/** Milliseconds; an import reads hundreds of megabytes, everything else is a look or a query. */
const longestCall = 30_000;
const longestImport = 600_000;

/** The collector in another process. @throws DataPlaneUnavailable @throws RepeatedRefusal for what the collector refuses */
export class RemoteCollector {
  constructor(private readonly options: RemoteCollectorOptions) {}

  call<Name extends keyof CollectorCalls>(
    name: Name,
    input: CollectorCalls[Name],
    milliseconds = longestCall,
  ): Promise<unknown> {
    const body = JSON.stringify(input);
    return this.post(name, 'application/json', { body }, milliseconds);
  }

  importCapture(
    capture: AsyncIterable<Uint8Array>,
    { networkInterfaceId, importId, ...call }: CaptureCall,
  ): Promise<unknown> {
    const { accountId, coverage, rebase } = call;
    const query = new URLSearchParams({
      accountId,
      coverage,
      rebase: `${rebase}`,
      ...(networkInterfaceId && { networkInterfaceId }),
      ...(importId && { importId }),
    });
    const body = Readable.toWeb(Readable.from(capture)) as ReadableStream<Uint8Array>;
    const streamed = { body, duplex: 'half' } as RequestInit;
    return this.post(`captures?${query.toString()}`, 'application/octet-stream', streamed, longestImport);
  }

  private async post(
    path: string,
    contentType: string,
    request: RequestInit,
    milliseconds: number,
  ): Promise<unknown> {
    const { url, secret } = this.options;
    try {
      const answer = await fetch(new URL(`${internalPrefix}${path}`, url), {
        ...request,
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(milliseconds),
        headers: { authorization: `Bearer ${secret}`, 'content-type': contentType },
      });
      const said: unknown = await answer.json();
      if (answer.ok) return said;
      // What is between the two processes is no business of the client's.
      if (answer.status === 401 || answer.status === 404) throw new Error(`It answered ${answer.status}`);
      throw new RepeatedRefusal(said as Problem);
    } catch (error) {
      throw error instanceof RepeatedRefusal ? error : new DataPlaneUnavailable({ cause: error });
    }
  }
}
