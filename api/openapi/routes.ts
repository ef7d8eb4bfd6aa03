import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Response, Router } from 'express';
import type { Config } from '../../config.ts';
import { only } from '../problem.ts';
import { DOCS_PAGE, DOCS_POLICY, INIT_SCRIPT } from './docs-page.ts';
import { buildDocument } from './document.ts';

// Of Swagger UI's folder these alone are served.
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
const ASSET_FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** `/openapi.json`, and `/docs` to read it and try it out. To be mounted at the root. */
export function openApiRoutes(config: Pick<Config, 'publicUrl'>): Router {
  const router = Router();
  let json: string | undefined;

  router
    .route('/openapi.json')
    .get((_request, response) => {
      json ??= JSON.stringify(buildDocument(config));
      // Whoever may read the catalog may read this, from other sites' tools too: it is the same for all.
      response.set({ 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' });
      response.type('json').send(json);
    })
    .all(only('GET', 'HEAD'));

  const serve = (path: string, send: (response: Response) => void) =>
    router
      .route(path)
      .get((_request, response) => {
        response.set('Content-Security-Policy', DOCS_POLICY);
        send(response);
      })
      .all(only('GET', 'HEAD'));

  serve('/docs', (response) => response.type('html').send(DOCS_PAGE));
  serve('/docs/init.js', (response) => response.type('js').send(INIT_SCRIPT));
  for (const name of ASSETS) {
    serve(`/docs/${name}`, (response) =>
      response.sendFile(join(ASSET_FOLDER, name), { maxAge: '1 hour', dotfiles: 'allow' }),
    );
  }
  return router;
}
