import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Loopback alone: nothing outside this machine may reach a stand-in for the outside world. */
export const host = '127.0.0.1';

const tries = 200;

/** Listens on the wanted port or the next free one; 0 takes any. Gives the port. */
export async function listenFrom(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; ; port += 1) {
    try {
      return await listen(server, port);
    } catch (error) {
      if (!isTaken(error) || wanted === 0 || port >= wanted + tries) throw error;
    }
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((done, failed) => {
    server.once('error', failed);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', failed);
      done((server.address() as AddressInfo).port);
    });
  });

const isTaken = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');

/** Ends at once: whoever still downloads an endless page is cut off. */
export const close = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
