import type { ClientWords } from '../words.ts';

export const PROJECTS: ClientWords['projects'] = {
  'crm-setup': [
    {
      title: 'CRM for a team of six',
      description:
        'We keep the customers of {trade} in three spreadsheets and lose track of who called whom. We need one pipeline, tasks and a short training.',
    },
    {
      title: 'Move from our old CRM',
      description:
        'Our contract ends soon and we want to bring about 4,000 contacts and the open deals of {trade} over to SendPulse.',
    },
    {
      title: 'Pipeline and reports',
      description:
        'Leads of {trade} arrive by phone, form and Instagram. We want them in one place and a weekly report by salesperson.',
    },
    {
      title: 'Lead follow-up',
      description:
        'Too many quotes from {trade} are never followed up. Please set up stages, reminders and templates with us.',
    },
  ],
  'design-and-html-markup': [
    {
      title: 'Newsletter template',
      description:
        'We would like a clean, branded template for {trade} that our assistant can fill in every week.',
    },
    {
      title: 'Order emails in our brand',
      for: ['shop'],
      description:
        'The confirmations sent by {trade} look like a bank letter. We need five transactional emails designed and coded.',
    },
    {
      title: 'Fix emails in Outlook',
      description:
        'Our emails break in Outlook and in dark mode. Half of the customers of {trade} read them there.',
    },
  ],
  'email-marketing': [
    {
      title: 'Monthly newsletter',
      description:
        'We have 2,300 subscribers at {trade} and have not written to them for a year. Please plan, write and send with us.',
    },
    {
      title: 'Emails land in spam',
      description:
        'Since last month most emails from {trade} go to spam. We need someone to find the cause and repair it.',
    },
    {
      title: 'Christmas campaign',
      description: 'Four emails for {trade} before the holidays: plan, copy, design and sending.',
    },
    {
      title: 'Segment our list',
      description:
        'Everyone on the list of {trade} gets the same email today. We want to separate regulars, newcomers and sleepers.',
    },
  ],
  'chatbot-development': [
    {
      title: 'WhatsApp bot for bookings',
      for: ['visits', 'school'],
      description:
        'Customers of {trade} ask for free dates at all hours. The bot should offer times and hand over to us when needed.',
    },
    {
      title: 'Instagram auto replies',
      description:
        'We get forty messages a day at {trade}, mostly about prices and opening hours. We want quick, polite answers.',
    },
    {
      title: 'Website chatbot',
      description: 'A bot for the site of {trade} that qualifies visitors and creates a deal in the CRM.',
    },
  ],
  'marketing-automation': [
    {
      title: 'Welcome and win-back flows',
      description:
        'New customers of {trade} hear nothing from us after the first purchase. We need a welcome series and a win-back flow.',
    },
    {
      title: 'Abandoned carts',
      for: ['shop'],
      description: 'Seven out of ten carts are abandoned. We want emails and WhatsApp reminders for {trade}.',
    },
    {
      title: 'Automate reminders',
      for: ['visits', 'school'],
      description: 'Two people at {trade} send reminders by hand every evening. There must be a better way.',
    },
  ],
  'landing-pages': [
    {
      title: 'Landing page for an open day',
      for: ['school'],
      description: 'One page with registration for the open day of {trade}, plus reminder emails.',
    },
    {
      title: 'Campaign page',
      description: 'We start ads next month and need a fast page for {trade} with a form and tracking.',
    },
    {
      title: 'Rewrite our offer page',
      description:
        'The page of {trade} gets visits but hardly any requests. Text, layout and form need work.',
    },
  ],
  'sms-and-messengers': [
    {
      title: 'Appointment reminders by SMS',
      for: ['visits', 'school'],
      description:
        'About one in six people does not show up at {trade}. We want reminders the day before and two hours before.',
    },
    {
      title: 'WhatsApp Business account',
      description: 'Please set up the official WhatsApp account for {trade}, with templates and opt-ins.',
    },
    {
      title: 'Text message campaign',
      description: 'A short, friendly campaign to 1,500 former customers of {trade}.',
    },
  ],
  'online-courses': [
    {
      title: 'Turn a workshop into a course',
      for: ['school'],
      description:
        'We teach the same workshop at {trade} every month and want to offer it online, with payment and certificate.',
    },
    {
      title: 'Staff training platform',
      description:
        'New colleagues at {trade} should learn the basics online. Ten lessons, quizzes and a simple report.',
    },
    {
      title: 'Course launch',
      description:
        'The videos are recorded. We need the platform, the sales page and the launch emails for {trade}.',
    },
  ],
  'integrations-and-api': [
    {
      title: 'Connect shop and CRM',
      for: ['shop'],
      description:
        'Orders of {trade} should appear in the CRM with products and amounts, without anyone copying them.',
    },
    {
      title: 'Sync with accounting',
      description:
        'Invoices and customer data of {trade} live in two systems that do not agree. We need a nightly sync.',
    },
    {
      title: 'Form to CRM by API',
      for: ['visits', 'school'],
      description: 'Our own booking form at {trade} must create contacts and deals through the API.',
    },
  ],
  'consulting-and-audit': [
    {
      title: 'Audit of our account',
      description:
        'Nobody at {trade} remembers why half of our automations exist. We want an honest review and a plan.',
    },
    {
      title: 'Where do leads get lost?',
      description: 'Ads bring people to {trade}, sales do not follow. Please look at the whole way.',
    },
    {
      title: 'Coaching for our marketer',
      description: 'Our only marketer at {trade} is new. We are looking for a few weeks of coaching.',
    },
  ],
};

export const WISHES = [
  'We would like to start next month.',
  'Please tell us what it costs and how long it takes.',
  'A short call this week would be ideal.',
  'Our budget is limited, so we prefer small steps.',
  'We are happy to answer questions by email.',
  'We can give you access straight away.',
  'There is no rush, but it should be done properly.',
  'It should be live before the season starts.',
];
