import type { Place } from './place.ts';

export const PORTUGAL: Place = {
  country: 'PT',
  weight: 24,
  cities: [
    'Lisboa',
    'Porto',
    'Braga',
    'Coimbra',
    'Aveiro',
    'Faro',
    'Setúbal',
    'Guimarães',
    'Évora',
    'Leiria',
  ],
  primary: { pt: 88, en: 12 },
  also: { en: 0.75, es: 0.35, fr: 0.2, pt: 1 },
  given: [
    ...['Inês', 'Mafalda', 'Catarina', 'Leonor', 'Sofia', 'Rita', 'Joana', 'Margarida', 'Filipa', 'Matilde'],
    ...['Tiago', 'Duarte', 'Gonçalo', 'Nuno', 'Rui', 'Afonso', 'Vasco', 'Miguel', 'Hugo', 'Bernardo'],
  ],
  family: [
    ...[
      'Pinheiro',
      'Matos',
      'Coelho',
      'Lopes',
      'Magalhães',
      'Seabra',
      'Vaz',
      'Quintela',
      'Serrano',
      'Leitão',
    ],
    ...['Cunha', 'Fonseca', 'Reis', 'Morgado', 'Bragança', 'Faria', 'Loureiro', 'Paiva', 'Neves', 'Sequeira'],
  ],
  companies: [
    'Atelier {word}',
    '{word} Digital',
    '{word} Studio',
    '{family} & {partner}',
    '{word} Comunicação',
    'Oficina {word}',
  ],
  words: [
    ...['Azulejo', 'Miradouro', 'Cortiça', 'Rosa dos Ventos', 'Andorinha', 'Maresia', 'Sobreiro', 'Calçada'],
    ...['Limoeiro', 'Ribeira Nova', 'Medronho', 'Nortada', 'Figueira', 'Gaivota', 'Levada', 'Madressilva'],
  ],
  mailboxes: ['geral', 'ola', 'contacto', 'projetos'],
  currency: 'EUR',
  dial: '+351',
};
