/** What a partner can offer: the slugs of requests, filters and the catalogs of words. */
export const SERVICES = [
  'crm-setup',
  'design-and-html-markup',
  'email-marketing',
  'chatbot-development',
  'marketing-automation',
  'landing-pages',
  'sms-and-messengers',
  'online-courses',
  'integrations-and-api',
  'consulting-and-audit',
] as const;
export type Service = (typeof SERVICES)[number];

/** The partner's status in the programme, lowest first. */
export const TIERS = ['registered', 'silver', 'gold', 'platinum'] as const;
export type Tier = (typeof TIERS)[number];

export const PARTNER_TYPES = ['agency', 'freelancer'] as const;
export type PartnerType = (typeof PARTNER_TYPES)[number];

/** The languages that Terna itself speaks, on pages and in mails. */
export const LOCALES = ['en', 'pt-BR'] as const;
export type Locale = (typeof LOCALES)[number];
