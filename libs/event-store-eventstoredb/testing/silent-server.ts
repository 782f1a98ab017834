import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Accepts connections and never says a word: a port behind which there is no HTTP/2. */
export async function silentServer(): Promise<{ connectionString: string; stop(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
