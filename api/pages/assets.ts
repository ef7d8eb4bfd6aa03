import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Response, Router } from 'express';
import { notFound } from '../problem.ts';

const FOLDER = join(import.meta.dirname, 'assets');
const { resolve } = createRequire(import.meta.url);

/** The style sheet is written in parts, and served as one file in this order. */
const STYLES = [
  'base',
  'parts',
  'catalog',
  'find',
  'client',
  'board',
  'workspace',
  'standing',
  'admin',
  'dev-mail',
];

interface Asset {
  url: string;
  type: string;
  bytes: Buffer;
  gzip: Buffer;
  brotli: Buffer;
}

/** What pages load, by name: read, packed and named after its content once per process. */
const ASSETS = {
  'terna.css': asset('terna.css', 'text/css', ...STYLES.map((name) => own(`css/${name}.css`))),
  'terna.js': asset('terna.js', 'text/javascript', own('terna.js')),
  'board.js': asset('board.js', 'text/javascript', own('board.js')),
  'htmx.js': asset('htmx.js', 'text/javascript', resolve('htmx.org/dist/htmx.min.js')),
  'sortable.js': asset('sortable.js', 'text/javascript', resolve('sortablejs/Sortable.min.js')),
  'icon.svg': asset('icon.svg', 'image/svg+xml', own('icon.svg')),
};

export type AssetName = keyof typeof ASSETS;

/** Where a file is found; another content has another address, so browsers keep it for good. */
export function assetUrl(name: AssetName): string {
  return ASSETS[name].url;
}

function own(file: string): string {
  return join(FOLDER, file);
}

function asset(name: string, type: string, ...files: string[]): Asset {
  const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
  const version = createHash('sha256').update(bytes).digest('base64url').slice(0, 10);
  const url = `/assets/${version}/${name}`;
  return { url, type, bytes, gzip: gzipSync(bytes), brotli: brotliCompressSync(bytes) };
}

export function assetRoutes(): Router {
  const router = Router();
  const byUrl = new Map(Object.values(ASSETS).map((each) => [each.url, each]));

  router.get('/assets/:version/:name', (request, response) => {
    const found = byUrl.get(request.path);
    if (!found) throw notFound();
    response.set({
      'Content-Type': `${found.type}; charset=utf-8`,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    send(response, found, request.acceptsEncodings('br', 'gzip'));
  });

  router.get('/favicon.ico', (_request, response) => response.redirect(302, assetUrl('icon.svg')));

  return router;
}

function send(response: Response, { bytes, gzip, brotli }: Asset, encoding: string | false): void {
  if (encoding === 'br') response.set('Content-Encoding', 'br').send(brotli);
  else if (encoding === 'gzip') response.set('Content-Encoding', 'gzip').send(gzip);
  else response.send(bytes);
}
