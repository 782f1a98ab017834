import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Transaction } from './collections';
import { Collections, keyOf } from './collections';
import { CommandFailure } from './command-failure';
import { commands } from './commands';
import type { Document, Request } from './wire';
import { decodeRequest, encodeReply, splitMessages } from './wire';

export interface Fault {
  /** Name of the command that fails. */
  readonly command: string;
  /** Part of the collection's name; default: any. */
  readonly collection?: string;
  readonly times: number;
  /** What is answered; without it the connection is cut, `before` or `after` the command took place. */
  readonly code?: number;
  readonly when?: 'before' | 'after';
}

/**
 * A fake of MongoDB: enough of its wire protocol for the real driver and the read-model adapter, in this process and in
 * memory. It knows snapshots, write conflicts and retried writes; no authentication, no indexes, no cursors.
 */
export class FakeMongoServer {
  private readonly committed = new Collections();
  private readonly transactions = new Map<string, Transaction>();
  private readonly retried = new Map<string, Document>();
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((socket) => this.serve(socket));
  private fault?: { -readonly [Key in keyof Fault]: Fault[Key] };
  /** Milliseconds that the server's clock is ahead of this machine's. */
  clockOffset = 0;
  /** Names of the commands received, in order. */
  readonly received: string[] = [];

  private constructor(private readonly mode: 'replica set' | 'standalone') {}

  static async start(mode: 'replica set' | 'standalone'): Promise<FakeMongoServer> {
    const fake = new FakeMongoServer(mode);
    fake.server.listen(0, '127.0.0.1');
    await once(fake.server, 'listening');
    return fake;
  }

  get url(): string {
    return `mongodb://${this.address}/?${this.mode === 'standalone' ? 'directConnection=true' : 'replicaSet=fake'}`;
  }

  /** The next matching commands fail. */
  fail(fault: Fault): void {
    this.fault = { ...fault };
  }

  /** How long a transaction lives whose client says nothing more; 60 seconds unless a server is told otherwise. */
  set transactionLifetimeMilliseconds(milliseconds: number) {
    this.committed.transactionLifetimeMilliseconds = milliseconds;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private serve(socket: Socket): void {
    let rest: Buffer = Buffer.alloc(0);
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (bytes) => {
      const split = splitMessages(Buffer.concat([rest, bytes]));
      rest = split.rest;
      for (const message of split.messages) this.answer(socket, decodeRequest(message));
    });
  }

  private answer(socket: Socket, request: Request): void {
    const name = Object.keys(request.command)[0]!;
    this.received.push(name);
    const fault = this.takeFault(name, request.command);
    const cut = fault && fault.code === undefined;
    if (cut && fault.when !== 'after') return void socket.destroy();
    const reply =
      fault?.code === undefined
        ? this.run(name, request.command)
        : new CommandFailure(fault.code, 'a fault').reply();
    if (cut) return void socket.destroy();
    if (request.answered) socket.write(encodeReply(request, reply));
  }

  private takeFault(name: string, command: Document): Fault | undefined {
    const { fault } = this;
    if (!fault || fault.times < 1 || fault.command !== name) return undefined;
    if (fault.collection && !(typeof command[name] === 'string' && command[name].includes(fault.collection)))
      return undefined;
    fault.times -= 1;
    return { ...fault };
  }

  private run(name: string, command: Document): Document {
    try {
      if (/^(hello|ismaster)$/i.test(name)) return this.hello();
      const session = `${keyOf((command['lsid'] as Document | undefined)?.['id'])} ${command['txnNumber'] as bigint}`;
      if (command['autocommit'] === false) return this.runInTransaction(name, command, session);
      const known = command['txnNumber'] === undefined ? undefined : this.retried.get(session);
      if (known) return known;
      const reply = this.dispatch(name, command, this.committed);
      if (command['txnNumber'] !== undefined) this.retried.set(session, reply);
      return reply;
    } catch (error) {
      return (error instanceof CommandFailure ? error : new CommandFailure(8, String(error))).reply();
    }
  }

  private runInTransaction(name: string, command: Document, session: string): Document {
    if (this.mode === 'standalone')
      throw new CommandFailure(20, 'Transaction numbers need a replica set member');
    if (command['startTransaction']) this.transactions.set(session, this.committed.begin());
    const transaction = this.transactions.get(session);
    if (!transaction || (transaction.state !== 'open' && name !== 'commitTransaction')) {
      throw new CommandFailure(251, 'NoSuchTransaction', ['TransientTransactionError']);
    }
    if (name === 'commitTransaction') {
      transaction.commit();
      return { ok: 1 };
    }
    if (name === 'abortTransaction') {
      transaction.abort();
      return { ok: 1 };
    }
    try {
      const reply = this.dispatch(name, command, transaction);
      if (reply['writeErrors']) transaction.abort();
      return reply;
    } catch (error) {
      transaction.abort();
      throw error;
    }
  }

  private dispatch(name: string, command: Document, view: Collections | Transaction): Document {
    const run = commands[name];
    if (!run) throw new CommandFailure(59, `no such command: '${name}'`);
    return run(view, `${command['$db'] as string}.${String(command[name])}`, command);
  }

  private hello(): Document {
    const me = this.address;
    return {
      ok: 1,
      helloOk: true,
      ismaster: true,
      isWritablePrimary: true,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 21,
      readOnly: false,
      localTime: new Date(Date.now() + this.clockOffset),
      ...(this.mode === 'replica set' && {
        setName: 'fake',
        setVersion: 1,
        hosts: [me],
        primary: me,
        me,
        secondary: false,
      }),
    };
  }
}
