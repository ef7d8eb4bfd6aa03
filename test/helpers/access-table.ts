import type { World } from './access-world.ts';

/** Who calls, as the columns of docs/access.md have it. */
export const ROLES = {
  nobody: 'nobody',
  client: 'client',
  otherClient: 'other client',
  partner: 'partner',
  otherPartner: 'other partner',
  admin: 'administrator',
  operator: 'operator',
  viewer: 'viewer',
} as const;

export type Role = keyof typeof ROLES;

/**
 * What comes of a call: `yes` it is done; `own` it is done with what the caller owns, and shows nothing of what
 * the call would be about for the owner; `sign-in` it leads there.
 */
export type Outcome = 'yes' | 'own' | 'sign-in' | '401' | '403' | '404';

export type Outcomes = Record<Role, Outcome>;

/** Somebody who calls: what is sent along, and the secret that stands where an address or a body has a token. */
export interface Caller {
  role: Role;
  headers: Record<string, string>;
  link: string;
}

type Fields = Record<string, string>;

/** How a route is called so that it works for whoever may. */
export interface Subject {
  /** What stands in the address for `{id}` and the like. */
  at?: (world: World) => Fields;
  /** The secret that the address or the body takes; by default the token of the client's request. */
  opens?: 'unmatched' | 'feedback' | 'sign-in';
  query?: Record<string, (world: World) => string>;
  json?: (world: World, caller: Caller) => unknown;
  form?: (world: World, caller: Caller, at: Fields) => Record<string, string | string[]>;
}

export interface Row extends Subject {
  /** As `get /api/v1/deals/{id}`. */
  route: string;
  who: Outcomes;
}

export interface Area {
  title: string;
  rows: Row[];
}

/** An area's rows: route, who may, and how it is called. */
export function area(title: string, ...rows: [route: string, who: Outcomes, subject?: Subject][]): Area {
  return { title, rows: rows.map(([route, who, subject]) => ({ route, who, ...subject })) };
}

const all = (outcome: Outcome): Outcomes => ({
  ...{ nobody: outcome, client: outcome, otherClient: outcome },
  ...{ partner: outcome, otherPartner: outcome, admin: outcome },
  ...{ operator: outcome, viewer: outcome },
});

export const EVERYBODY = all('yes');
export const OPERATOR: Outcomes = { ...all('401'), operator: 'yes', viewer: '403' };
export const VIEWER: Outcomes = { ...all('401'), operator: 'yes', viewer: 'yes' };
export const WHO_SIGNS_IN = { partner: 'yes', otherPartner: 'yes', admin: 'yes' } as const;

/** The JSON API: a client's request, a partner's own things, one thing of a partner's, the administrators' side. */
export const API = {
  client: { ...all('404'), nobody: '401', client: 'yes', operator: '401', viewer: '401' },
  reviewer: { ...all('401'), client: 'yes' },
  own: { ...all('401'), partner: 'yes', otherPartner: 'own' },
  partner: { ...all('401'), partner: 'yes', otherPartner: '404' },
  admin: { ...all('401'), admin: 'yes' },
  signIn: { ...all('401'), ...WHO_SIGNS_IN },
  signOut: { ...all('401'), ...WHO_SIGNS_IN, client: 'yes', otherClient: 'yes' },
} satisfies Record<string, Outcomes>;

/** The pages: behind a mailed link, and of those who are signed in; what is posted is not led to sign in. */
export const PAGE = {
  link: { ...all('404'), client: 'yes' },
  signInLink: { ...all('404'), ...WHO_SIGNS_IN },
  own: { ...all('sign-in'), partner: 'yes', otherPartner: 'own', admin: '404' },
  partner: { ...all('sign-in'), partner: 'yes', otherPartner: '404', admin: '404' },
  admin: { ...all('sign-in'), partner: '404', otherPartner: '404', admin: 'yes' },
} satisfies Record<string, Outcomes>;

export const FORM = {
  own: { ...all('401'), partner: 'yes', otherPartner: 'own', admin: '404' },
  partner: { ...all('401'), partner: 'yes', otherPartner: '404', admin: '404' },
  admin: { ...all('401'), partner: '404', otherPartner: '404', admin: 'yes' },
} satisfies Record<string, Outcomes>;
