import { isUtf8 } from 'node:buffer';
import express, { type RequestHandler, type Router } from 'express';
import { Problem, sendProblem } from './problem.ts';

/** In bytes, far above any request that a person writes. */
export const BODY_LIMIT = 100_000;

const JSON_TYPES = ['application/json', 'application/*+json'];

/** Reads JSON bodies: in UTF-8, of limited size. Anything else is said before the body is read to its end. */
export function jsonBody(): Router {
  const router = express.Router();
  router.use(refuseLong);
  router.use(
    express.json({
      limit: BODY_LIMIT,
      strict: false,
      type: JSON_TYPES,
      verify: (_request, _response, body) => {
        if (!isUtf8(body)) throw new Problem(400, 'malformed_json', 'The body is not UTF-8.');
      },
    }),
  );
  return router;
}

/**
 * The parser would read a body that is too long to its end before it says so. This says so at once, by the
 * length that is announced, or, where none is, as soon as too much has come; and closes the line.
 */
export const refuseLong: RequestHandler = (request, response, next) => {
  if (Number(request.get('content-length') ?? 0) > BODY_LIMIT) {
    response.set('Connection', 'close');
    throw tooLarge();
  }
  response.locals.bodyBytes = 0;
  request.on('data', (chunk: Buffer) => {
    response.locals.bodyBytes += chunk.length;
    if (response.locals.bodyBytes <= BODY_LIMIT || response.headersSent) return;
    response.set('Connection', 'close').once('finish', () => request.socket.destroySoon());
    sendProblem(response, tooLarge());
  });
  next();
};

const tooLarge = () => new Problem(413, 'too_large', `The body may have at most ${BODY_LIMIT} bytes.`);

/**
 * The body of a call that must have one.
 * @throws Problem 400 when it is empty, 415 when it is no JSON
 */
export const requireJson: RequestHandler = (request, response, next) => {
  const type = request.get('content-type');
  if (type && !request.is(JSON_TYPES))
    throw new Problem(415, 'unsupported_media_type', 'Send the body as application/json.');
  if (response.locals.bodyBytes === 0)
    throw new Problem(400, 'malformed_json', 'The body is empty; send JSON.');
  next();
};
