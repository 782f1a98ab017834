import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** `half-open`: requests arrive, answers do not. `black-hole`: neither, and nobody is told. */
export type ProxyMode = 'pass' | 'half-open' | 'black-hole';

/** Stands between a client and a server and loses what it is told to, without closing a connection. */
export class FaultProxy {
  mode: ProxyMode = 'pass';
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {}

  static async before(connectionString: string): Promise<FaultProxy> {
    const server = createServer();
    const proxy = new FaultProxy(server, Number(new URL(connectionString.replace('esdb', 'http')).port));
    server.on('connection', (socket) => proxy.join(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=false`;
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** A connection that was made while it lost something stays lost. */
  private join(client: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    }
    client
      .on('data', (bytes) => this.mode !== 'black-hole' && server.write(bytes))
      .on('close', () => server.destroy());
    server
      .on('data', (bytes) => this.mode === 'pass' && client.write(bytes))
      .on('close', () => client.destroy());
  }
}
