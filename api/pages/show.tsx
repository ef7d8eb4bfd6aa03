import type { Response } from 'express';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { viewOf } from './context.ts';
import { ViewProvider } from './view.ts';

/** Answers with a page. */
export function show(response: Response, page: VNode, status = 200): void {
  const html = renderToString(<ViewProvider value={viewOf(response)}>{page}</ViewProvider>);
  response.status(status).type('html').send(`<!doctype html>${html}`);
}
