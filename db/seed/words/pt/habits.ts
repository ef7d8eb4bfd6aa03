export const HABITS = [
  'Todo projeto começa com uma hora de perguntas e termina com um vídeo explicando tudo para a sua equipe.',
  '[Anotamos|Anoto] o que mudou e por quê, para que a próxima pessoa não precise adivinhar.',
  'O preço é fechado antes de começar, e pequenos ajustes no primeiro mês estão incluídos.',
  'Em uma semana você vê uma primeira versão funcionando, em vez de uma apresentação.',
  'Se dá para resolver com o que você já paga, [avisamos|aviso].',
  'Os testes são feitos com os seus dados, nunca com exemplos inventados.',
  'Toda sexta você recebe um resumo curto: o que foi feito, o que vem depois e o que falta da sua parte.',
  'As contas, os textos e os arquivos são seus desde o primeiro dia.',
  'Reunião sem jargão: se uma palavra precisa de explicação, [trocamos|troco] a palavra.',
  '[Medimos|Meço] antes e depois e [mostramos|mostro] os dois números, mesmo quando o segundo decepciona.',
  'O treinamento faz parte do pacote: dois encontros com quem vai usar no dia a dia.',
  'Prazo é combinado por escrito e, na dúvida, [cortamos|corto] escopo, não qualidade.',
  'Depois da entrega [ficamos|fico] por perto durante sessenta dias, que é quando surgem as dúvidas de verdade.',
  'LGPD entra no começo da conversa: consentimento, prazo de guarda e quem pode ver o quê.',
  'Plano grande vira etapas de duas semanas, cada uma útil por si só.',
  '[Começamos|Começo] pela tarefa que mais rouba o seu tempo e [deixamos|deixo] o resto como está.',
  'Antes do primeiro rascunho [lemos|leio] as suas últimas cinquenta conversas com clientes.',
  'Nada entra no ar numa sexta-feira.',
  'Depois disso, a sua equipe muda textos, preços e fotos sem precisar [nos|me] chamar.',
  '[Preferimos|Prefiro] perder uma venda a entregar algo que você não vai usar.',
  'Tudo vem com um guia de uma página que um colega novo consegue seguir.',
  'Você recebe uma lista de etapas no início e acompanha, a qualquer momento, o que ainda está em aberto.',
  'Nada de contrato longo: o que segura o cliente aqui é o resultado.',
  '[Explicamos|Explico] cada decisão em português claro, por escrito.',
];

export const CLOSERS = [
  'A primeira conversa é gratuita e costuma render duas ou três melhorias que você mesmo faz.',
  '[Conte para nós|Me conte] o que mais incomoda na sua operação hoje; é um ótimo começo.',
  'Mande o link do que você já tem e [dizemos|digo] com sinceridade o que vale a pena manter.',
  'Dá para contratar por projeto ou por mês.',
  'Orçamento pequeno é bem-vindo, desde que o objetivo esteja claro.',
  'A maioria dos projetos leva de duas a cinco semanas.',
  'Se quiser referências de {industry}, é só pedir.',
  'Quem está em {city} ou na região pode marcar um café; com os demais, a conversa é por vídeo.',
  'Se você já tem programador ou designer, [trabalhamos|trabalho] junto, sem atrito.',
  'O plano mensal pode ser cancelado quando você quiser.',
  'Não sabe bem do que precisa? Um diagnóstico de meio dia é o jeito mais barato de descobrir.',
  '[Falamos|Falo] a língua de {industry} e também a de {other}.',
  'Trabalho urgente é possível quando a agenda permite; pergunte sem compromisso.',
  'Nota fiscal, contrato simples e prazo cumprido.',
  'Chame no e-mail: a resposta vem de gente, não de robô.',
];

export const LANGUAGE_CLOSERS = [
  'O atendimento pode ser em {languages}.',
  '[Escrevemos|Escrevo] para os seus clientes em {languages}.',
  'Reuniões e treinamentos em {languages}.',
  'Se a sua empresa vende para fora, os textos podem ser em {languages}.',
];

export const CAPACITY =
  'Para que cada cliente receba a atenção que merece, [atendemos|atendo] no máximo {limit} projetos ao mesmo tempo.';
