import type { NewRequest } from '../../db/requests.ts';
import type { TestPartner } from './partners.ts';

/** What matching must find for a request, told without SQL. */
export interface Expected {
  /** Everybody who may get it. */
  eligible: TestPartner[];
  /** The best 24 of them in catalog order, with the weights of policy `balanced`. */
  candidates: { id: string; weight: number }[];
}

/** Goes through all partners: filters by every rule, sorts by every key. */
export function expectedFor({ criteria }: NewRequest, partners: TestPartner[]): Expected {
  const speaksFirst = (partner: TestPartner) =>
    criteria.language !== null && partner.primaryLanguage === criteria.language;
  const eligible = partners.filter(
    (partner) =>
      partner.listed &&
      partner.accepting &&
      (partner.capacity === null || partner.liveLeads < partner.capacity) &&
      criteria.services.every((service) => partner.services.includes(service)) &&
      (criteria.country === null || partner.country === criteria.country) &&
      (criteria.language === null || partner.languages.includes(criteria.language)) &&
      (criteria.partnerType === null || partner.type === criteria.partnerType) &&
      (criteria.tier === null || partner.tier === criteria.tier),
  );
  const inOrder = eligible.toSorted(
    (a, b) =>
      Number(speaksFirst(b)) - Number(speaksFirst(a)) ||
      b.rank - a.rank ||
      (bytes(a.id) < bytes(b.id) ? -1 : 1),
  );
  const candidates = inOrder.slice(0, 24).map((partner) => {
    const share = (20 + partner.rank) * (speaksFirst(partner) ? 4 : 1);
    return { id: partner.id, weight: Math.max(1, Math.round((share * 10_000) / (1 + partner.liveLeads))) };
  });
  return { eligible, candidates };
}

/** Postgres compares uuids by their 16 bytes: as unsigned numbers. */
function bytes(id: string): bigint {
  return BigInt(`0x${id.replaceAll('-', '')}`);
}
