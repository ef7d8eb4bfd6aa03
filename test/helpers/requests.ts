import { uuidv7 } from 'uuidv7';
import { insertRequests, type NewRequest } from '../../db/requests.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { transaction } from '../../jobs/transaction.ts';
import type { WorkerDeps } from '../../workers/handler.ts';

/** A request as intake writes it; everything may be set otherwise. */
export function newRequest(overrides: Partial<NewRequest> = {}): NewRequest {
  return {
    id: uuidv7(),
    mode: 'automated',
    client: { name: 'Ana Souza', email: 'ana@example.com', phone: null, company: null, locale: 'pt-BR' },
    project: { title: 'CRM', description: 'A CRM for a bakery', budget: null, deadline: null },
    criteria: { services: [], country: null, language: null, partnerType: null, tier: null },
    partnerId: null,
    ...overrides,
  };
}

/** Takes requests in: their rows, and a promise to match each. */
export async function takeIn(deps: Pick<WorkerDeps, 'db' | 'queues'>, requests: NewRequest[]): Promise<void> {
  await transaction(deps, 'job test', async (tx) => {
    await insertRequests(tx, requests);
    for (const { id } of requests) tx.enqueue(matchRequest, { requestId: id });
  });
}

/** The JSON body of an automated request. */
export function requestBody(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    client: { name: 'Ana Souza', email: 'ana@example.com', locale: 'pt-BR' },
    project: { title: 'CRM setup', description: 'Two pipelines and a form.' },
    criteria: { services: ['crm-setup'], country: 'BR', language: 'pt' },
    consent: true,
    ...overrides,
  };
}
