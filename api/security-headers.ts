import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';

const YEAR_S = 31_536_000;

/**
 * Headers of every answer, whatever it is: nothing in it is run, loaded or framed, no other site learns where
 * somebody came from, and browsers that came by https stay with it. What is shown in a browser (pages, `/docs`,
 * the operators' board) then says what it needs to load.
 */
export function securityHeaders({ publicUrl }: Pick<Config, 'publicUrl'>): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:') && { maxAge: YEAR_S, includeSubDomains: true },
  });
}
