import { action, paragraph } from './content.ts';
import type { Render } from './render.ts';

/** A link that starts a session: for partners and administrators. */
export const signIn: Render = ({ partner }, { link }, t) => ({
  subject: t('mail.sign-in.subject'),
  blocks: [
    paragraph(t('mail.sign-in.greeting', { name: partner?.name ?? '' })),
    paragraph(t('mail.sign-in.intro')),
    ...(link ? [action(t('mail.sign-in.action'), link)] : []),
    paragraph(t('mail.sign-in.not-you')),
  ],
});
