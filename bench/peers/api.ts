import express from 'express';
import { requestBody } from '../../api/schemas.ts';
import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { insertRequests } from '../../db/requests.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { answer, needed, now } from '../inside.ts';
import { bodyOf, rowOf } from '../requests.ts';
import { openPeer } from './open.ts';

/* Takes requests in: over HTTP one by one, or, for the engine alone, many in a transaction. */
const { transaction } = await openPeer();
const TOKEN_MS = 180 * 24 * 3_600_000;

async function takeIn(bodies: ReturnType<typeof bodyOf>[]): Promise<string[]> {
  const rows = bodies.map(rowOf);
  const tokens = rows.map(({ id }) => ({ token: mintToken(), subjectId: id }));
  await transaction(async (tx) => {
    await insertRequests(tx, rows);
    await insertTokens(tx, 'request', tokens, TOKEN_MS);
    for (const { id } of rows) tx.enqueue(matchRequest, { requestId: id });
  });
  return tokens.map(({ token }) => token);
}

const app = express();
app.use(express.json());
app.post('/api/v1/requests', async (request, response) => {
  const body = requestBody.parse(request.body);
  const [accessToken] = await takeIn([body as ReturnType<typeof bodyOf>]);
  response.status(202).json({ status: 'received', accessToken });
});

async function feed({ from, count }: { from: number; count: number }) {
  const startedAt = now();
  for (let begin = from; begin < from + count; begin += 100)
    await takeIn(
      Array.from({ length: Math.min(100, from + count - begin) }, (_, index) => bodyOf(begin + index)),
    );
  return startedAt;
}

app.listen(Number(needed('PORT')), '127.0.0.1', () => answer({ feed }));
