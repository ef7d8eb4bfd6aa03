import type { ProfileWords } from '../words.ts';

export const TITLES: ProfileWords['titles'] = {
  'crm-setup': [
    ...[
      'Implantação de CRM para {industry}',
      'CRM que a equipe usa de verdade',
      'Funil de vendas para {industry}',
    ],
    ...[
      'Da planilha ao CRM, sem susto',
      'CRM para {industry} em duas semanas',
      'CRM organizado para {industry}',
    ],
    ...[
      'Migração de CRM e treinamento da equipe',
      'Gestão de leads para {industry}',
      'Funis que mostram onde a venda trava',
    ],
    ...[
      'CRM e processo comercial para {industry}',
      'Seu comercial fora da planilha',
      'CRM simples para {industry}',
    ],
  ],
  'design-and-html-markup': [
    ...['E-mails bonitos até no Outlook', 'Design de e-mails para {industry}', 'HTML de e-mail feito à mão'],
    ...[
      'Templates com a cara da sua marca',
      'Newsletters bem desenhadas para {industry}',
      'Templates de e-mail para {industry}',
    ],
    ...['Design e HTML para campanhas', 'Identidade visual em cada e-mail'],
  ],
  'email-marketing': [
    ...[
      'E-mail marketing para {industry}',
      'Newsletters que dão vontade de abrir',
      'Campanhas de e-mail para {industry}',
    ],
    ...[
      'E-mail que vende sem encher a caixa',
      'Newsletters e ofertas para {industry}',
      'Entregabilidade e cuidado com a base',
    ],
    ...[
      'Texto, design e envio num lugar só',
      'Sua newsletter em dia, toda semana',
      'E-mails que viram vendas para {industry}',
    ],
  ],
  'chatbot-development': [
    ...['Chatbots para {industry}', 'Robôs de WhatsApp para {industry}', 'Chatbot que sabe chamar um humano'],
    ...[
      'Agendamento pelo WhatsApp para {industry}',
      'Chatbots de Instagram e WhatsApp',
      'Atendimento automático para {industry}',
    ],
    ...['Conversas automáticas com jeito de gente', 'Chatbots sem enrolação'],
  ],
  'marketing-automation': [
    ...[
      'Automação de marketing para {industry}',
      'Fluxos que trazem o cliente de volta',
      'Automação sem gambiarra',
    ],
    ...[
      'Réguas de relacionamento para {industry}',
      'Jornada do cliente para {industry}',
      'Menos trabalho manual para {industry}',
    ],
    ...[
      'Boas-vindas, lembrete e recompra no automático',
      'Automação para equipes pequenas',
      'Nutrição de leads para {industry}',
    ],
  ],
  'landing-pages': [
    ...[
      'Landing pages para {industry}',
      'Páginas que carregam em um segundo',
      'Páginas de campanha para {industry}',
    ],
    ...[
      'Landing page pronta em cinco dias úteis',
      'Páginas, formulários e testes',
      'Primeiro o texto, depois o layout',
    ],
    ...['Páginas de captura para {industry}'],
  ],
  'sms-and-messengers': [
    ...[
      'WhatsApp e SMS para {industry}',
      'Lembretes que reduzem faltas',
      'Campanhas de WhatsApp para {industry}',
    ],
    ...[
      'Mensagens que o cliente gosta de receber',
      'Confirmações por WhatsApp para {industry}',
      'WhatsApp oficial, do cadastro ao envio',
    ],
    ...['Telegram, SMS e WhatsApp bem cuidados'],
  ],
  'online-courses': [
    ...[
      'Cursos online para {industry}',
      'Do curso presencial ao online',
      'Seu curso no ar, do roteiro à matrícula',
    ],
    ...[
      'Lançamento de cursos, do zero à turma cheia',
      'Plataformas de ensino para {industry}',
      'Cursos gravados, montados e lançados',
    ],
    ...['Treinamento online para {industry}'],
  ],
  'integrations-and-api': [
    ...['Integrações para {industry}', 'API e integrações sob medida', 'Sistemas que conversam entre si'],
    ...[
      'Loja, CRM e financeiro no mesmo fluxo',
      'API da SendPulse para {industry}',
      'Webhooks, APIs e dados limpos',
    ],
    ...['ERP e CRM integrados para {industry}', 'Chega de copiar e colar pedidos'],
  ],
  'consulting-and-audit': [
    ...[
      'Auditoria de marketing para {industry}',
      'Uma segunda opinião sobre o seu funil',
      'Consultoria de CRM para {industry}',
    ],
    ...[
      'Diagnóstico primeiro, ferramenta depois',
      'Consultoria direta para {industry}',
      'Descubra por onde escapam os leads',
    ],
    ...['Mentoria para equipes de marketing', 'Estratégia digital para {industry}'],
  ],
};

export const PAIR_TITLES = [
  ...[
    '{Short} e {second} para {industry}',
    '{Short} com {second} para {industry}',
    '{Short} e {second} sem complicação',
  ],
  ...[
    '{Short} + {second} para {industry}',
    '{Short} e {second} para {industry}',
    '{Short} e {second}, tudo num lugar só',
  ],
];
