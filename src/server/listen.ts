import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConfigurationError } from './configurationError.js';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more connections, and resolves when all are closed. */
  close(): Promise<void>;
}

/** How long a peer may take to say goodbye: a WebSocket is closed by both sides. */
const CLOSING_GRACE_MS = 1_000;

/**
 * Listens, on all addresses of the machine when no host is given.
 * @param port 0 picks a free one
 * @throws {ConfigurationError} when the port or the address cannot be had
 */
export async function listen(
  server: Server,
  { port, host }: { readonly port: number; readonly host?: string | undefined },
): Promise<Listening> {
  const connections = new Set<Socket>();
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  await new Promise<void>((resolve, reject) => {
    const onError = (cause: NodeJS.ErrnoException): void => {
      const problem = problemOf(cause, port, host);
      reject(problem === undefined ? cause : new ConfigurationError([problem], undefined, { cause }));
    };
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      // Those that were upgraded are not the server's own any more.
      const cut = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, CLOSING_GRACE_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

function problemOf({ code }: NodeJS.ErrnoException, port: number, host = ''): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is in use; stop what listens there, or give another port (0 picks a free one)`;
    case 'EACCES':
      return `PORT: this process may not listen on ${port}; give a port above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST: ${host} is no address of this machine; give one that is, or none for all of them`;
    default:
      return undefined;
  }
}
