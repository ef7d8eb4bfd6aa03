import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How a wire behaves: carries, carries late, refuses to connect, or is half open: swallows all and says nothing. */
export type Wire = 'carry' | 'slow' | 'refuse' | 'half-open';

export interface WireProxy {
  port: number;
  /** Where to carry to from now on. */
  to(port: number): void;
  /** Half-open connections stay so for ever, as after a router's reboot; only new ones are carried again. */
  behave(wire: Wire): void;
  /** Breaks every connection off. */
  cut(): void;
  close(): Promise<void>;
}

const SLOW_MS = 120;

/** A TCP proxy on loopback between the program and one of its servers. */
export async function startProxy(target: number): Promise<WireProxy> {
  let upstream = target;
  let wire: Wire = 'carry';
  const sockets = new Set<Socket>();
  const pairs = new Set<{ deaf: boolean }>();

  const server = createServer((client) => {
    sockets.add(client.on('close', () => sockets.delete(client)).on('error', () => undefined));
    if (wire === 'refuse') return client.resetAndDestroy();
    const pair = { deaf: wire === 'half-open' };
    // It accepts and never answers; the kernel keeps what is sent.
    if (pair.deaf) return;
    pairs.add(pair);
    const target = connect(upstream, '127.0.0.1');
    sockets.add(target.on('close', () => sockets.delete(target)).on('error', () => undefined));
    carry(client, target, pair);
    carry(target, client, pair);
    client.on('close', () => pairs.delete(pair));
  });

  function carry(from: Socket, to: Socket, pair: { deaf: boolean }): void {
    const late = (deed: () => void) => (wire === 'slow' ? setTimeout(deed, SLOW_MS) : deed());
    from.setNoDelay(true);
    from.on('data', (data) => {
      if (!pair.deaf) late(() => to.writable && to.write(data));
    });
    from.on('close', () => {
      if (!pair.deaf) late(() => to.destroy());
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    to: (port) => {
      upstream = port;
    },
    behave: (next) => {
      wire = next;
      if (next === 'half-open') for (const pair of pairs) pair.deaf = true;
    },
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
