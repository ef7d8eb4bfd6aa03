import type { ClientWords } from '../words.ts';

export const PROJECTS: ClientWords['projects'] = {
  'crm-setup': [
    {
      title: 'CRM para uma equipe de seis',
      description:
        'Os clientes d{trade} estão em três planilhas e ninguém sabe quem ligou para quem. Precisamos de um funil, tarefas e um treinamento curto.',
    },
    {
      title: 'Sair do CRM antigo',
      description:
        'Nosso contrato vence logo e queremos levar cerca de 4 mil contatos e os negócios abertos d{trade} para a SendPulse.',
    },
    {
      title: 'Funil e relatórios',
      description:
        'Os leads d{trade} chegam por telefone, formulário e Instagram. Queremos tudo num lugar só e um relatório semanal por vendedor.',
    },
    {
      title: 'Retorno de orçamentos',
      description:
        'Muitos orçamentos d{trade} ficam sem retorno. Queremos montar etapas, lembretes e modelos de mensagem.',
    },
  ],
  'design-and-html-markup': [
    {
      title: 'Template de newsletter',
      description:
        'Queremos um template limpo, com a marca d{trade}, que a nossa assistente consiga preencher toda semana.',
    },
    {
      title: 'E-mails de pedido com a nossa marca',
      for: ['shop'],
      description:
        'As confirmações d{trade} parecem carta de banco. Precisamos de cinco e-mails transacionais com design e HTML.',
    },
    {
      title: 'E-mails quebrados no Outlook',
      description:
        'Nossos e-mails quebram no Outlook e no modo escuro, e metade dos clientes d{trade} lê por lá.',
    },
  ],
  'email-marketing': [
    {
      title: 'Newsletter mensal',
      description:
        'Temos 2.300 inscritos na base d{trade} e faz um ano que não escrevemos para eles. Precisamos de plano, textos e envios.',
    },
    {
      title: 'E-mails caindo no spam',
      description:
        'Desde o mês passado quase todos os e-mails d{trade} caem no spam. Precisamos achar a causa e resolver.',
    },
    {
      title: 'Campanha de Natal',
      description: 'Quatro e-mails para {trade} antes das festas: plano, texto, design e envio.',
    },
    {
      title: 'Segmentar a lista',
      description:
        'Hoje todos na lista d{trade} recebem o mesmo e-mail. Queremos separar clientes fiéis, novos e sumidos.',
    },
  ],
  'chatbot-development': [
    {
      title: 'Robô de WhatsApp para agendamento',
      for: ['visits', 'school'],
      description:
        'Perguntam horário livre para {trade} a qualquer hora. O robô deve oferecer os horários e chamar a gente quando precisar.',
    },
    {
      title: 'Respostas automáticas no Instagram',
      description:
        'São quarenta mensagens por dia para {trade}, quase todas sobre preço e horário. Queremos respostas rápidas e educadas.',
    },
    {
      title: 'Chatbot no site',
      description: 'Um robô no site d{trade} que qualifique o visitante e crie o negócio no CRM.',
    },
  ],
  'marketing-automation': [
    {
      title: 'Boas-vindas e reativação',
      description:
        'Quem compra d{trade} não recebe mais nada depois do primeiro pedido. Precisamos de boas-vindas e de um fluxo de reativação.',
    },
    {
      title: 'Carrinho abandonado',
      for: ['shop'],
      description:
        'Sete em cada dez carrinhos são abandonados. Queremos lembretes por e-mail e WhatsApp para {trade}.',
    },
    {
      title: 'Automatizar lembretes',
      for: ['visits', 'school'],
      description:
        'Duas pessoas passam o fim da tarde mandando lembretes d{trade} na mão. Deve haver um jeito melhor.',
    },
  ],
  'landing-pages': [
    {
      title: 'Página para um dia de portas abertas',
      for: ['school'],
      description: 'Uma página com inscrição para o evento d{trade}, além dos e-mails de lembrete.',
    },
    {
      title: 'Página de campanha',
      description:
        'Os anúncios começam no mês que vem e precisamos de uma página rápida para {trade}, com formulário e métricas.',
    },
    {
      title: 'Reescrever a página de oferta',
      description:
        'A página d{trade} recebe visitas, mas quase nenhum contato. Texto, layout e formulário precisam de ajuda.',
    },
  ],
  'sms-and-messengers': [
    {
      title: 'Lembretes por WhatsApp',
      for: ['visits', 'school'],
      description:
        'Uma em cada seis pessoas marca e não aparece. Queremos lembretes d{trade} na véspera e duas horas antes.',
    },
    {
      title: 'Conta oficial do WhatsApp',
      description:
        'Precisamos da conta oficial do WhatsApp para {trade}, com modelos aprovados e consentimento.',
    },
    {
      title: 'Campanha por SMS',
      description: 'Uma campanha curta e simpática para 1.500 antigos clientes d{trade}.',
    },
  ],
  'online-courses': [
    {
      title: 'Transformar oficina em curso',
      for: ['school'],
      description:
        'Damos a mesma oficina todo mês e queremos oferecê-la online para {trade}, com pagamento e certificado.',
    },
    {
      title: 'Plataforma de treinamento',
      description:
        'Quem entra na equipe d{trade} precisa aprender o básico online. Dez aulas, provas e um relatório simples.',
    },
    {
      title: 'Lançamento de curso',
      description:
        'Os vídeos já estão gravados. Faltam a plataforma, a página de vendas e os e-mails de lançamento d{trade}.',
    },
  ],
  'integrations-and-api': [
    {
      title: 'Integrar loja e CRM',
      for: ['shop'],
      description:
        'Os pedidos d{trade} precisam aparecer no CRM com produtos e valores, sem ninguém copiar nada.',
    },
    {
      title: 'Integração com o financeiro',
      description:
        'Cobranças e cadastro d{trade} vivem em dois sistemas que não batem. Precisamos de uma sincronização noturna.',
    },
    {
      title: 'Formulário no CRM por API',
      description: 'O formulário próprio d{trade} precisa criar contatos e negócios pela API.',
    },
  ],
  'consulting-and-audit': [
    {
      title: 'Auditoria da nossa conta',
      description:
        'Ninguém lembra por que metade das automações d{trade} existe. Queremos uma revisão sincera e um plano.',
    },
    {
      title: 'Por onde os leads escapam?',
      description:
        'Os anúncios trazem gente para {trade}, mas as vendas não acompanham. Queremos alguém que olhe o caminho inteiro.',
    },
    {
      title: 'Mentoria para o marketing',
      description:
        'A única pessoa de marketing d{trade} acabou de chegar. Procuramos algumas semanas de mentoria.',
    },
  ],
};

export const WISHES = [
  'Gostaríamos de começar no mês que vem.',
  'Quanto custa e quanto tempo leva?',
  'Uma ligação rápida esta semana seria ótimo.',
  'O orçamento é curto, então preferimos ir por etapas.',
  'Qualquer dúvida, é só escrever.',
  'Podemos liberar os acessos na hora.',
  'Não temos pressa, mas queremos bem feito.',
  'Precisa estar no ar antes da alta temporada.',
];
