import type { PartnerView } from '../../../db/partners.ts';

/** Who gets a request: one partner, or, where it is absent, those that match. */
export interface Addressed {
  partner?: PartnerView;
  /** It was meant for one partner who does not take it. */
  declined?: Declined;
}

/** The partner who takes no requests; without a name, it is not in the catalog any more. */
export interface Declined {
  name: string | undefined;
  /** Somebody has filled in the form for this partner, and sent it. */
  sent: boolean;
}

/** The partner that a request is meant for, if it takes requests. */
export function addressed(partner: PartnerView | undefined, sent: boolean): Addressed {
  return partner?.accepting ? { partner } : { declined: { name: partner?.name, sent } };
}
