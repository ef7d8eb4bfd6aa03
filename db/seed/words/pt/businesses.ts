import type { ClientWords } from '../words.ts';

/** The trades fit after "para", and after "de" only as "d{trade}": a nossa, o meu. */
export const BUSINESSES: ClientWords['businesses'] = [
  { kind: 'visits', company: 'Odonto {family}', trade: 'a nossa clínica odontológica' },
  { kind: 'shop', company: 'Padaria {family}', trade: 'a nossa padaria' },
  { kind: 'shop', company: '{family} Distribuidora', trade: 'a nossa distribuidora' },
  { kind: 'school', company: 'Espaço {given}', trade: 'o meu estúdio de pilates' },
  { kind: 'office', company: '{family} Imóveis', trade: 'a nossa imobiliária' },
  { kind: 'office', company: '{family} Advocacia', trade: 'o nosso escritório de advocacia' },
  { kind: 'visits', company: 'Pousada {family}', trade: 'a nossa pousada' },
  { kind: 'shop', company: 'Ateliê {given}', trade: 'a minha loja virtual' },
  { kind: 'office', company: '{family} Veículos', trade: 'a nossa loja de carros' },
  { kind: 'school', company: 'Escola {family}', trade: 'a nossa escola' },
  { kind: 'office', company: 'Transportes {family}', trade: 'a nossa transportadora' },
  { kind: 'visits', company: 'Salão {given}', trade: 'o meu salão de beleza' },
  { kind: 'visits', company: 'Clínica Vet {family}', trade: 'a nossa clínica veterinária' },
  { kind: 'office', company: '{family} Turismo', trade: 'a nossa agência de viagens' },
  { kind: 'shop', company: 'Móveis {family}', trade: 'a nossa loja de móveis' },
  { kind: 'shop', company: 'Ótica {family}', trade: 'a nossa ótica' },
];
