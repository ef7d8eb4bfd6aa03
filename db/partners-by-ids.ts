import type { Sql } from './connect.ts';
import { PARTNER_VIEW, type PartnerView } from './partners.ts';

/** Partners in the order of the ids. */
export function partnersByIds(sql: Sql, ids: string[]): Promise<PartnerView[]> {
  return sql.query<PartnerView>(
    `select ${PARTNER_VIEW} from unnest($1::uuid[]) with ordinality as wanted (id, place)
     join partners p on p.id = wanted.id order by wanted.place`,
    [ids],
  );
}
