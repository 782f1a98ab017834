/** Any stream of bytes: a file's read stream, a request body, an array of buffers. */
export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Reads exact lengths from a stream of chunks; holds no more than what was asked for plus one chunk. */
export class ByteSource {
  /** Bytes taken or skipped so far. */
  offset = 0;
  private readonly chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  private held: Buffer = Buffer.alloc(0);
  private ended = false;

  constructor(chunks: ByteChunks) {
    this.chunks = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  /** Whether `length` more bytes are there. Fewer stay readable through `take`. */
  has(length: number): boolean | Promise<boolean> {
    return this.held.length >= length ? true : this.fill(length);
  }

  /** The next bytes without taking them: at most `length`, fewer only at the end of what is held. */
  peek(length: number): Buffer {
    return this.held.subarray(0, length);
  }

  take(length: number): Buffer {
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(taken.length);
    this.offset += taken.length;
    return taken;
  }

  /** Passes over `length` bytes without holding them; false when the stream ended before. */
  async skip(length: number): Promise<boolean> {
    let left = length - this.take(length).length;
    while (left > 0 && (await this.has(1))) left -= this.take(left).length;
    return left === 0;
  }

  /** Tells the stream that nobody will read on. */
  async close(): Promise<void> {
    this.ended = true;
    await this.chunks.return?.();
  }

  private async fill(length: number): Promise<boolean> {
    const parts = [this.held];
    let size = this.held.length;
    while (size < length && !this.ended) {
      const next = await this.chunks.next();
      if (next.done) {
        this.ended = true;
      } else {
        const { buffer, byteOffset, byteLength } = next.value;
        parts.push(Buffer.from(buffer, byteOffset, byteLength));
        size += byteLength;
      }
    }
    this.held = Buffer.concat(parts, size);
    return size >= length;
  }
}
