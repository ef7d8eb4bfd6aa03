# syntax=docker/dockerfile:1
#
# One image for api, worker and migrations: the command decides (see docker-compose.yml).
# The stages' npm and tsc steps were tried outside Docker on Node 20 and linux-x64. The image itself was
# written without a Docker engine at hand: it has not been built by its authors yet.

FROM node:24-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

# Compiles TypeScript. The compiler's own binary is an optional package, so nothing is omitted here.
# No package needs its install script for this; not running them keeps the build the same everywhere.
FROM base AS build
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

# What runs in production: without development tools, and without the optional packages: the embedded
# Postgres (DATABASE_URL names a real one), tsx's esbuild (dist/ is plain JavaScript) and msgpackr's
# native part (it has a JavaScript one). --ignore-scripts: esbuild's script would miss its binary.
FROM base AS packages
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
WORKDIR /app
# HOST: inside a container, 127.0.0.1 would be reachable from nowhere.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
# Its "type": "module" makes dist/*.js ES modules.
COPY package.json ./
# The files belong to root and the process runs as node (uid 1000): it can read them and change nothing.
USER node
EXPOSE 3000
# /livez, not /readyz: a process that waits for Postgres or Redis to come back must not be replaced, that
# would not bring them back. node's own fetch, because the slim image has no curl. The worker serves no
# HTTP: switch this check off there.
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without npm in between, so that SIGTERM reaches the process, which then ends in order (at most 15 s).
CMD ["node", "dist/bin/api.js"]
