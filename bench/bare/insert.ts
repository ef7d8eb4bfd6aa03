import express from 'express';
import pg from 'pg';
import { answer, needed } from '../inside.ts';

/* One INSERT for each request, through the pool. */
const pool = new pg.Pool({ connectionString: needed('DATABASE_URL'), max: 10 });
await pool.query(`create table intake (id bigserial primary key, body jsonb not null,
  created_at timestamptz not null default now())`);
const app = express();
app.use(express.json());
app.post('/api/v1/requests', async (request, response) => {
  const { rows } = await pool.query('insert into intake (body) values ($1) returning id', [request.body]);
  response.status(202).json({ id: rows[0].id, status: 'received' });
});
app.listen(Number(needed('PORT')), '127.0.0.1', () => answer({}));
