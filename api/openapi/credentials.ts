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
      'A partner’s API key (from its settings, or `npm run cli -- api-key create --partner <slug>`), or the token of a partner’s session. A key of the scope `read` gets 403 `read_only_key` for all but GET.',
  },
  admin: {
    scheme: 'adminKey',
    description:
      'An administrator’s API key (`npm run cli -- api-key create --admin`), or the token of its session. A key of the scope `read` gets 403 `read_only_key` for all but GET.',
  },
  session: {
    scheme: 'sessionToken',
    description:
      'The token that `POST /api/v1/sessions` answers with. Three days without use end it before its time.',
  },
} as const;

export type Credential = keyof typeof CREDENTIALS;
