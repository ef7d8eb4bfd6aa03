import { expect } from 'vitest';
import type { QueueBackEnd } from './backends.ts';
import { dumpPostgres, dumpRedis, foundIn } from './dump.ts';
import type { TestApi } from './http-api.ts';

/** A client whose every word is found again in a dump, if it is there. */
export const NEEDLE = {
  client: {
    name: 'Ottilie Nadelöhr',
    email: 'Ottilie.Nadel@heuhaufen.example',
    phone: '+49 30 5550 4711',
    company: 'Strohballen KG',
    locale: 'en',
  },
  project: { title: 'Titelnadel', description: 'Beschreibungsnadel' },
};

/** What others wrote about it. */
export const ABOUT = { comment: 'Urteilsnadel', note: 'Notiznadel', reply: 'Antwortnadel' };

const TEXTS = [
  ...Object.values(NEEDLE.client).filter((text) => text !== 'en'),
  ...Object.values(NEEDLE.project),
  ...Object.values(ABOUT),
  'Ottilie',
];

/** All that is kept, in Postgres and in Redis where there is one, holds nothing of the needle. */
export async function expectGone(api: TestApi, backEnd: QueueBackEnd, texts = TEXTS): Promise<void> {
  expect(foundIn(await everything(api, backEnd), texts)).toEqual([]);
}

/** The needle is there, or finding nothing afterwards would say nothing. */
export async function expectHeld(api: TestApi, backEnd: QueueBackEnd, texts = TEXTS): Promise<void> {
  const dump = await everything(api, backEnd);
  expect(texts.filter((text) => foundIn(dump, [text]).length === 0)).toEqual([]);
}

async function everything(api: TestApi, backEnd: QueueBackEnd) {
  const redis = backEnd.redisUrl();
  return [...(await dumpPostgres(api.db)), ...(redis ? await dumpRedis(redis) : [])];
}
