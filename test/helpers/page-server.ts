import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src * data:; connect-src 'self'";

/** Serves hand-made pages by their paths, under a strict CSP; scripts end in .js. What it does not know is 404, `/500` is 500. */
export async function servePages(
  pages: Record<string, string>,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const page = pages[path];
    response.statusCode = path === '/500' ? 500 : page === undefined ? 404 : 200;
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(page ?? 'nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
