import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { routesOf } from './openapi-routes.ts';

interface Layer {
  handle: unknown;
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

type Stack = { stack: Layer[] };

/** A route of Bull Board: what it is called with, without the place it is mounted at. */
export interface BoardRoute {
  method: string;
  path: string;
}

/** Every route of the app but Bull Board's, as `get /admin/requests/{id}`. */
export function appRoutes(deps: ApiDeps): string[] {
  return routesOf(deps).map((route) => (route.endsWith(' ') ? `${route}/` : route));
}

/** The routes of the apps within the app: there is one, Bull Board, which brings its own. */
export function nestedApps(deps: ApiDeps): BoardRoute[][] {
  const apps = (layers: Layer[]): BoardRoute[][] =>
    layers.flatMap(({ handle }) => {
      if (typeof handle !== 'function') return [];
      if ('stack' in handle) return apps((handle as unknown as Stack).stack);
      return 'router' in handle ? [routesWithin((handle.router as Stack).stack)] : [];
    });
  return apps((createApp(deps).router as unknown as Stack).stack);
}

function routesWithin(layers: Layer[]): BoardRoute[] {
  return layers.flatMap(({ route, handle }) => {
    if (!route) {
      const isRouter = typeof handle === 'function' && 'stack' in handle;
      return isRouter ? routesWithin((handle as unknown as Stack).stack) : [];
    }
    const methods = Object.keys(route.methods).filter((method) => route.methods[method]);
    return [route.path].flat().flatMap((path) => methods.map((method) => ({ method, path })));
  });
}
