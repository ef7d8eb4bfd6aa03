import { PARTNER_REASONS, SYSTEM_REASONS } from '../../../../domain/deal-life.ts';
import type { Translate } from '../../../../locales/translator.ts';

/** Why a deal was lost, as an administrator reads it. */
export function lostWords(t: Translate, reason: string): string {
  const bySystem = SYSTEM_REASONS.find((each) => each === reason);
  if (bySystem) return t(`closed.${bySystem}`);
  const byPartner = PARTNER_REASONS.find((each) => each === reason);
  return byPartner ? t(`admin.lost.${byPartner}`) : reason;
}
