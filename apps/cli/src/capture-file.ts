import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Refused } from './failures';

/** A file that is read twice: for its hash, and to be sent. Never held in memory. */
export class CaptureFile {
  private constructor(
    private readonly path: string,
    private readonly bytes: number,
  ) {}

  /** @throws Refused when there is no such file */
  static async open(path: string): Promise<CaptureFile> {
    try {
      const found = await stat(path);
      if (!found.isFile()) throw new Refused(`${path} is not a file`);
      return new CaptureFile(path, found.size);
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  }

  /** Hex. */
  async sha256(): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.path)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  /** Tells each full tenth that has been handed over. */
  stream(progress: (percent: number) => void): ReadableStream<Uint8Array> {
    return Readable.toWeb(Readable.from(this.chunks(progress))) as ReadableStream<Uint8Array>;
  }

  private async *chunks(progress: (percent: number) => void): AsyncGenerator<Buffer> {
    let sent = 0;
    let told = 0;
    for await (const chunk of createReadStream(this.path) as AsyncIterable<Buffer>) {
      yield chunk;
      sent += chunk.length;
      const percent = Math.floor((sent / this.bytes) * 10) * 10;
      if (percent > told) progress((told = percent));
    }
  }
}
