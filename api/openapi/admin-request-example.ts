import { EXAMPLE_IDS } from './parts.ts';

const partner = { id: EXAMPLE_IDS.partner, slug: 'studio-ipe', name: 'Studio Ipê' };

/** A request of an invented client that one partner answered. */
export const storyExample = {
  id: EXAMPLE_IDS.request,
  mode: 'automated',
  status: 'answered',
  client: {
    name: 'Ana Souza',
    email: 'ana@example.com',
    emailVerified: false,
    phone: null,
    company: null,
    locale: 'pt-BR',
  },
  project: { title: 'CRM setup', description: 'Two pipelines and a form.', budget: null, deadline: null },
  criteria: { services: ['crm-setup'], country: 'BR', language: 'pt', partnerType: null, tier: null },
  partnerId: null,
  answerWindow: { no: 0, dueAt: '2027-01-07T10:15:00.000Z' },
  replacements: 0,
  chosenMatchId: null,
  consentedAt: '2027-01-04T10:15:00.000Z',
  consentVersion: '2026-11-22',
  erasedAt: null,
  createdAt: '2027-01-04T10:15:00.000Z',
  draws: [
    {
      no: 1,
      policy: 'balanced',
      policyVersion: 1,
      seed: `${EXAMPLE_IDS.request}/1`,
      eligible: 1,
      candidates: [{ partner, weight: 7100 }],
      picked: [partner],
      createdAt: '2027-01-04T10:15:00.400Z',
      replays: true,
    },
  ],
  matches: [
    {
      id: EXAMPLE_IDS.deal,
      partner,
      drawNo: 1,
      reasons: [{ code: 'services', services: ['crm-setup'] }],
      droppedAt: null,
      refilledAt: null,
      createdAt: '2027-01-04T10:15:00.400Z',
      deal: {
        id: EXAMPLE_IDS.deal,
        kind: 'in_progress',
        stage: { id: EXAMPLE_IDS.stage, name: 'In progress' },
        pipeline: { id: EXAMPLE_IDS.pipeline, name: 'SendPulse Leads' },
        version: 2,
        lostReason: null,
        answeredAt: '2027-01-04T13:40:00.000Z',
        movedAt: '2027-01-04T13:40:00.000Z',
        review: null,
        createdAt: '2027-01-04T10:15:01.000Z',
        events: [{ actor: 'system', event: 'opened', data: {}, at: '2027-01-04T10:15:01.000Z' }],
      },
    },
  ],
  disclosures: [
    {
      matchId: EXAMPLE_IDS.deal,
      partner,
      what: ['name', 'email', 'project'],
      consentVersion: '2026-11-22',
      at: '2027-01-04T10:15:01.000Z',
    },
  ],
  mails: [
    {
      id: EXAMPLE_IDS.event,
      to: 'client',
      template: 'request-routed',
      purpose: 'request-routed',
      windowNo: 0,
      status: 'sent',
      attempts: 1,
      uncertain: false,
      error: null,
      sentAt: '2027-01-04T10:15:02.000Z',
      createdAt: '2027-01-04T10:15:00.400Z',
    },
  ],
  jobs: [
    {
      id: EXAMPLE_IDS.job,
      job: 'follow-up',
      runAt: '2027-01-07T10:15:00.000Z',
      attempts: 0,
      failedAt: null,
      error: null,
    },
  ],
};
