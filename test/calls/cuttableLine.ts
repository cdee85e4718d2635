import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a desk that can be cut. */
export interface CuttableLine extends AsyncDisposable {
  readonly url: string;
  /** Cuts the media streams that go through it, without a word to either side. */
  cut(): void;
}

/** Passes connections on to a desk, byte by byte. */
export async function cuttableLine(port: number): Promise<CuttableLine> {
  const open = new Set<Socket>();
  const streams = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.once('data', (head: Buffer) => {
      if (head.toString('latin1').startsWith('GET /media')) streams.add(near);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        open.delete(from);
        streams.delete(from);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      for (const stream of streams) stream.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
