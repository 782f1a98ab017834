import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** `refuse`: connections are cut, new ones too. `hold`: bytes wait as in a router that stopped forwarding, and come late. */
export type RoadState = 'open' | 'refuse' | 'hold';

/** The network between the service and a store. */
export class Road {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => this.join(client));
  private state: RoadState = 'open';

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** @returns the road, and the connection string that leads over it */
  static async to(connectionString: string): Promise<{ road: Road; url: string }> {
    const { host, hostname, port } = new URL(connectionString.replace(/^[a-z+]+:/, 'http:'));
    const road = new Road(hostname, Number(port));
    road.server.listen(0, '127.0.0.1');
    await once(road.server, 'listening');
    const own = (road.server.address() as AddressInfo).port;
    return { road, url: connectionString.replace(host, `127.0.0.1:${own}`) };
  }

  become(state: RoadState): void {
    this.state = state;
    for (const socket of this.sockets) this.apply(socket);
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket): void {
    const store = connect(this.port, this.host);
    for (const [from, to] of [
      [client, store],
      [store, client],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => from.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      this.apply(from);
    }
  }

  private apply(socket: Socket): void {
    if (this.state === 'refuse') socket.destroy();
    else if (this.state === 'hold') socket.pause();
    else socket.resume();
  }
}
