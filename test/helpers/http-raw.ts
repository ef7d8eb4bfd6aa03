import { connect, type Socket } from 'node:net';

/** A connection that sends bytes as they are, and collects what comes back. */
export interface RawConnection {
  socket: Socket;
  received(): string;
  /** Resolves with all that was received once the server has closed the connection. */
  closed: Promise<string>;
}

export function openRaw(port: number, bytes: string | Buffer): RawConnection {
  const chunks: Buffer[] = [];
  const received = () => Buffer.concat(chunks).toString('latin1');
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(received()));
  });
  return { socket, received, closed };
}

/** Statuses of all answers in what a connection received. */
export function statuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
