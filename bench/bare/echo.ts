import express from 'express';
import { answer, needed } from '../inside.ts';

/* A bare Express 5 that gives back the JSON it gets. */
const app = express();
app.use(express.json());
app.post('/api/v1/requests', (request, response) => void response.status(202).json(request.body));
app.listen(Number(needed('PORT')), '127.0.0.1', () => answer({}));
