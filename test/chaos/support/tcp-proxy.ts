import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** One direction of a connection; held, its bytes wait as in a router that stopped forwarding: no FIN, no RST. */
interface Pipe {
  readonly to: Socket;
  readonly waiting: Buffer[];
  held: boolean;
}

/** Sits between a client and a server of this machine and lets connections die without a word. */
export class TcpProxy {
  private readonly pipes = new Set<Pipe>();
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => this.join(client));
  connections = 0;

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  static async to(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** Between us and the server of the connection string, which is given back with the proxy's address. */
  static async before(connectionString: string): Promise<{ proxy: TcpProxy; connectionString: string }> {
    const url = new URL(connectionString.replace(/^esdb/, 'http'));
    const proxy = await TcpProxy.to(url.hostname, Number(url.port));
    const { port } = proxy.server.address() as AddressInfo;
    return { proxy, connectionString: connectionString.replace(url.host, `127.0.0.1:${port}`) };
  }

  /** Nothing passes any more on the connections that exist now; new ones work. */
  blackHole(): void {
    for (const pipe of this.pipes) pipe.held = true;
  }

  /** What was held arrives after all, late. */
  release(): void {
    for (const pipe of this.pipes) {
      pipe.held = false;
      for (const bytes of pipe.waiting.splice(0)) pipe.to.write(bytes);
    }
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket): void {
    this.connections += 1;
    const upstream = connect(this.port, this.host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      const pipe: Pipe = { to, waiting: [], held: false };
      this.pipes.add(pipe);
      this.sockets.add(from);
      from.on('data', (bytes) => void (pipe.held ? pipe.waiting.push(bytes) : to.write(bytes)));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        if (!pipe.held) to.destroy();
      });
    }
  }
}
