/** What may stand in `Authorization: Bearer ...`, by who calls. */
export const CREDENTIALS = {
  client: {
    scheme: 'accessToken',
    description: 'The `accessToken` that `POST /api/v1/requests` answers with. It opens that one request.',
  },
  reviewer: {
    scheme: 'feedbackToken',
    description: 'The last part of the link in a feedback mail. It opens one won deal, for its review.',
  },
  partner: {
    scheme: 'partnerKey',
    description:
      'A partner’s API key (`npm run cli -- api-key create --partner <slug>`), or the token of a partner’s session.',
  },
  admin: {
    scheme: 'adminKey',
    description:
      'An administrator’s API key (`npm run cli -- api-key create --admin`), or the token of its session.',
  },
  session: {
    scheme: 'sessionToken',
    description: 'The token that `POST /api/v1/sessions` answers with.',
  },
} as const;

export type Credential = keyof typeof CREDENTIALS;
