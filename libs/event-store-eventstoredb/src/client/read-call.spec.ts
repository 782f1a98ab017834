import { PassThrough } from 'node:stream';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { ReadCall } from './read-call';
import type { ServerMessage } from './read-call';

class ServerStream extends PassThrough {
  cancelled = false;

  constructor() {
    super({ objectMode: true });
  }

  cancel(): void {
    this.cancelled = true;
  }
}

const caughtUp = () => new ReadResp().setCaughtUp(new ReadResp.CaughtUp());

function open() {
  const stream = new ServerStream();
  const seen: (ServerMessage | undefined)[] = [];
  const counts = { discarded: 0 };
  const call = new ReadCall(
    Promise.resolve(stream),
    {
      message: (message) => seen.push(message),
      discarded: () => void counts.discarded++,
      serverTime: () => undefined,
    },
    (error) => error,
  );
  return { stream, seen, counts, call };
}

const turn = () => new Promise(setImmediate);

describe('a call that was cancelled', () => {
  it('R3 hands nothing over any more, and counts what still came', async () => {
    const { stream, seen, counts, call } = open();
    stream.write(caughtUp());
    await turn();
    call.cancel(new Error('stopped'));
    stream.write(caughtUp());
    stream.write(caughtUp());
    await turn();
    expect([seen.length, counts.discarded, stream.cancelled]).toEqual([1, 2, true]);
    await expect(call.done).rejects.toThrow('stopped');
  });

  it('is cancelled at the server too when its connection came late', async () => {
    const stream = new ServerStream();
    let connected!: (stream: ServerStream) => void;
    const connecting = new Promise<ServerStream>((resolve) => (connected = resolve));
    const nobody = { message: () => undefined, discarded: () => undefined, serverTime: () => undefined };
    const call = new ReadCall(connecting, nobody, (error) => error);
    call.cancel(new Error('stopped'));
    connected(stream);
    await turn();
    expect(stream.cancelled).toBe(true);
  });
});

describe('a message that nobody can take', () => {
  it('ends the call with what was thrown', async () => {
    const stream = new ServerStream();
    const call = new ReadCall(
      Promise.resolve(stream),
      {
        message: () => {
          throw new Error('malformed');
        },
        discarded: () => undefined,
        serverTime: () => undefined,
      },
      (error) => error,
    );
    stream.write(caughtUp());
    await expect(call.done).rejects.toThrow('malformed');
    expect(stream.cancelled).toBe(true);
  });
});
