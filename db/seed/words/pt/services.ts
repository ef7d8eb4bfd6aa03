import type { ProfileWords } from '../words.ts';

export const WORK: ProfileWords['work'] = {
  'crm-setup': 'implantação de CRM',
  'design-and-html-markup': 'design de e-mails',
  'email-marketing': 'e-mail marketing',
  'chatbot-development': 'criação de chatbots',
  'marketing-automation': 'automação de marketing',
  'landing-pages': 'criação de landing pages',
  'sms-and-messengers': 'marketing por WhatsApp e SMS',
  'online-courses': 'produção de cursos online',
  'integrations-and-api': 'integração de sistemas',
  'consulting-and-audit': 'consultoria de marketing',
};

export const SHORT: ProfileWords['short'] = {
  'crm-setup': 'CRM',
  'design-and-html-markup': 'design de e-mail',
  'email-marketing': 'e-mail marketing',
  'chatbot-development': 'chatbots',
  'marketing-automation': 'automação',
  'landing-pages': 'landing pages',
  'sms-and-messengers': 'WhatsApp',
  'online-courses': 'cursos online',
  'integrations-and-api': 'integrações',
  'consulting-and-audit': 'consultoria',
};

export const INDUSTRIES = [
  ...[
    'clínicas',
    'lojas virtuais',
    'escritórios de advocacia',
    'restaurantes',
    'imobiliárias',
    'escolas de idiomas',
  ],
  ...['academias', 'agências de viagem', 'pousadas', 'empresas de software', 'consultórios odontológicos'],
  ...[
    'indústrias',
    'concessionárias',
    'escritórios contábeis',
    'ONGs',
    'salões de beleza',
    'produtores de eventos',
  ],
  ...[
    'marcas de moda',
    'infoprodutores',
    'distribuidoras',
    'transportadoras',
    'construtoras',
    'corretoras de seguros',
  ],
  ...[
    'pet shops',
    'livrarias',
    'faculdades',
    'escolas particulares',
    'cooperativas',
    'autoescolas',
    'óticas',
  ],
  ...['clínicas veterinárias', 'cafeterias', 'lojas de móveis', 'estúdios de pilates'],
];

export const TEAMS = [
  'três',
  'quatro',
  'cinco',
  'seis',
  'sete',
  'oito',
  'nove',
  'dez',
  'onze',
  'doze',
  'quatorze',
];
