import { purgeExpired } from '../db/retention.ts';
import { expire } from '../jobs/expire.ts';
import { transactional } from './transactional.ts';

/** Purges expired tokens and idempotency keys. */
export const expireHandler = transactional(expire, (tx) => purgeExpired(tx));
