import type { Profile } from '../../../../db/profiles.ts';
import type { Translate } from '../../../../locales/translator.ts';
import { profileChange } from '../../../schemas-partner.ts';
import { readForm, type Typed, typedText } from '../../forms.ts';

/** The mails that a partner may do without, in the order in which they are shown. */
export const NOTIFICATIONS = ['leadNew', 'leadNudge', 'leadClosed'] as const;

const settingsChange = profileChange
  .pick({ accepting: true, capacity: true, notifications: true, locale: true })
  .required();

/** The settings as the form's fields. */
export function typedOf({ accepting, capacity, notifications, locale }: Profile): Typed {
  const ticked = (yes: boolean) => (yes ? 'yes' : '');
  return {
    accepting: ticked(accepting),
    capacity: capacity === null ? '' : String(capacity),
    locale,
    ...Object.fromEntries(
      NOTIFICATIONS.map((name) => [`notifications.${name}`, ticked(notifications[name])]),
    ),
  };
}

/** What the form asks to change, or what is wrong with it. A box that is not ticked is not sent. */
export function readSettingsForm(typed: Typed, t: Translate) {
  const isTicked = (name: string) => typedText(typed, name) !== '';
  const input = {
    accepting: isTicked('accepting'),
    capacity: capacityIn(typedText(typed, 'capacity').trim()),
    notifications: Object.fromEntries(NOTIFICATIONS.map((name) => [name, isTicked(`notifications.${name}`)])),
    locale: typedText(typed, 'locale') || undefined,
  };
  const read = readForm(settingsChange, input, t);
  if (!read.errors?.capacity) return read;
  return { errors: { ...read.errors, capacity: t('settings.capacity-wrong') } };
}

/** Nothing written: no limit. What is no number stays as it is, for the schema to refuse. */
function capacityIn(text: string): number | string | null {
  if (text === '') return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}
