import express, { type Express, type Router } from 'express';
import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';

interface Layer {
  handle: unknown;
  route?: { path: string; methods: Record<string, boolean> };
}

/** Every route of the app as `get /api/v1/deals/{id}`. */
export function routesOf(deps: ApiDeps): string[] {
  const { app, mounts } = recordMounts(() => createApp(deps));
  const walk = (router: unknown, prefix: string): string[] =>
    (router as { stack: Layer[] }).stack.flatMap(({ handle, route }) => {
      if (route) {
        const path = `${prefix}${route.path}`.replace(/\/$/, '').replace(/:(\w+)/g, '{$1}');
        return Object.keys(route.methods)
          .filter((method) => method !== '_all')
          .map((method) => `${method} ${path}`);
      }
      const isRouter = typeof handle === 'function' && 'stack' in handle;
      if (!isRouter) return [];
      const places = mounts.get(handle);
      if (!places) throw new Error('a router was mounted unseen');
      return places.flatMap((place) => walk(handle, prefix + place));
    });
  return walk(app.router, '');
}

type Use = (this: unknown, ...args: unknown[]) => unknown;

/** Express forgets where a router was mounted. This writes it down while the app is made. */
function recordMounts(make: () => Express): { app: Express; mounts: Map<unknown, string[]> } {
  const mounts = new Map<unknown, string[]>();
  const prototype = (express.Router as unknown as { prototype: Router & { use: Use } }).prototype;
  const { use } = prototype;
  const recording: Use = function (...args) {
    const [path] = args;
    const places = typeof path === 'string' ? [path] : Array.isArray(path) ? path : [''];
    for (const handle of args.flat()) {
      if (typeof handle !== 'function') continue;
      const paths = places
        .filter((place) => typeof place === 'string')
        .map((place) => place.replace(/\/$/, ''));
      mounts.set(handle, [...(mounts.get(handle) ?? []), ...paths]);
    }
    return use.apply(this as Router, args as Parameters<typeof use>);
  };
  prototype.use = recording as typeof prototype.use;
  try {
    return { app: make(), mounts };
  } finally {
    prototype.use = use;
  }
}
