import type { ProfileWords } from '../words.ts';

export const TITLES: ProfileWords['titles'] = {
  'crm-setup': [
    ...[
      'CRM setup for {industry}',
      'A CRM your sales team will actually open',
      'Sales pipelines for {industry}',
    ],
    ...[
      'From spreadsheets to a working CRM',
      'CRM for {industry}, set up in two weeks',
      'Tidy CRMs for busy {industry}',
    ],
    ...[
      'CRM migration and team training',
      'Lead management for {industry}',
      'Pipelines that show where deals get stuck',
    ],
  ],
  'design-and-html-markup': [
    ...['Email templates that survive Outlook', 'Email design for {industry}', 'HTML emails, coded by hand'],
    ...[
      'Branded templates for {industry}',
      'Design and markup for newsletters',
      'Email design systems for {industry}',
    ],
    ...['Newsletter design with clean, tested markup', 'Pixel-careful emails and pages'],
  ],
  'email-marketing': [
    ...[
      'Email marketing for {industry}',
      'Newsletters people look forward to',
      'Email campaigns for {industry}',
    ],
    ...[
      'Better emails, fewer unsubscribes',
      'Newsletters and offers for {industry}',
      'Deliverability and list care',
    ],
    ...[
      'Email that sells, for {industry}',
      'Copy, design and sending under one roof',
      'Your newsletter, out on time every week',
    ],
  ],
  'chatbot-development': [
    ...[
      'Chatbots for {industry}',
      'WhatsApp and Telegram bots for {industry}',
      'Chatbots that know when to call a human',
    ],
    ...['Booking bots for {industry}', 'Instagram and WhatsApp bots', 'Conversation design and chatbots'],
    ...['Support bots for {industry}', 'Chatbots with a sense of humour and a plan B'],
  ],
  'marketing-automation': [
    ...[
      'Marketing automation for {industry}',
      'Automated follow-up for {industry}',
      'Flows that win customers back',
    ],
    ...[
      'Automation without the spaghetti',
      'Customer journeys for {industry}',
      'Lifecycle marketing for {industry}',
    ],
    ...[
      'Welcome, remind, win back: automated',
      'Less manual work for {industry}',
      'Automation for small marketing teams',
    ],
  ],
  'landing-pages': [
    ...[
      'Landing pages for {industry}',
      'Landing pages that load in a second',
      'One-page sites for {industry}',
    ],
    ...[
      'Pages, forms and tests for {industry}',
      'Campaign pages in five working days',
      'Landing pages written before designed',
    ],
    ...['Conversion-minded pages for {industry}'],
  ],
  'sms-and-messengers': [
    ...[
      'SMS and WhatsApp for {industry}',
      'Messenger marketing for {industry}',
      'Reminders and offers by SMS and Viber',
    ],
    ...[
      'Text messages people do not mind',
      'WhatsApp campaigns for {industry}',
      'Fewer no-shows: reminders for {industry}',
    ],
    ...['Messenger channels, set up and looked after'],
  ],
  'online-courses': [
    ...['Online courses for {industry}', 'From workshop to online course', 'Course platforms for {industry}'],
    ...[
      'Courses built, filmed and launched',
      'Online academies for {industry}',
      'Your course, from outline to first students',
    ],
    ...['Launches for course creators'],
  ],
  'integrations-and-api': [
    ...[
      'Integrations for {industry}',
      'API work and custom integrations',
      'We connect what does not connect',
    ],
    ...['Shop, CRM and billing in one flow', 'SendPulse API for {industry}', 'Webhooks, APIs and clean data'],
    ...['Data sync for {industry}', 'Back-end integrations for marketing teams'],
  ],
  'consulting-and-audit': [
    ...[
      'Marketing audits for {industry}',
      'A second opinion on your funnel',
      'Email and CRM audits for {industry}',
    ],
    ...[
      'Straight advice for {industry}',
      'Audit first, tools second',
      'Strategy and coaching for marketing teams',
    ],
    ...['Growth consulting for {industry}', 'Find out where the leads leak'],
  ],
};

export const PAIR_TITLES = [
  ...[
    '{Short} and {second} for {industry}',
    '{Short} plus {second} for {industry}',
    '{Short} and {second}, done properly',
  ],
  ...[
    '{Short} and {second} for {industry}',
    '{Short} & {second} for {industry}',
    '{Short} and {second} from one desk',
  ],
];
