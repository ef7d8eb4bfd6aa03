import type { ProfileWords } from '../words.ts';

export const WORK: ProfileWords['work'] = {
  'crm-setup': 'CRM setup',
  'design-and-html-markup': 'email design and markup',
  'email-marketing': 'email marketing',
  'chatbot-development': 'chatbot development',
  'marketing-automation': 'marketing automation',
  'landing-pages': 'landing page design',
  'sms-and-messengers': 'SMS and messenger marketing',
  'online-courses': 'online course production',
  'integrations-and-api': 'integration work',
  'consulting-and-audit': 'marketing consulting',
};

export const SHORT: ProfileWords['short'] = {
  'crm-setup': 'CRM',
  'design-and-html-markup': 'email design',
  'email-marketing': 'email marketing',
  'chatbot-development': 'chatbots',
  'marketing-automation': 'automation',
  'landing-pages': 'landing pages',
  'sms-and-messengers': 'messaging',
  'online-courses': 'online courses',
  'integrations-and-api': 'integrations',
  'consulting-and-audit': 'audits',
};

export const INDUSTRIES = [
  ...[
    'clinics',
    'online shops',
    'law firms',
    'restaurants',
    'real estate agencies',
    'language schools',
    'hotels',
  ],
  ...[
    'fitness studios',
    'travel agencies',
    'SaaS companies',
    'dental practices',
    'furniture makers',
    'car dealers',
  ],
  ...[
    'accounting firms',
    'non-profits',
    'beauty salons',
    'event planners',
    'fashion brands',
    'coaches',
    'wholesalers',
  ],
  ...[
    'manufacturers',
    'logistics companies',
    'builders',
    'insurance brokers',
    'pet shops',
    'bookshops',
    'wineries',
  ],
  ...['food producers', 'private schools', 'training providers', 'veterinary clinics', 'museums'],
];

export const TEAMS = [
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'fourteen',
];
