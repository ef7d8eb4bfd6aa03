import type { DealView } from '../../../../db/deals.ts';
import { isErased } from '../../../../db/erased.ts';
import { languageName } from '../../../../locales/names.ts';
import { Confirmed } from '../../confirmed.tsx';
import { mailtoLink } from '../../mailto-link.ts';
import { useView } from '../../view.ts';

/** Who asks, and how to get in touch at once. */
export function Contact({ deal: { client, project } }: { deal: DealView }) {
  const { t, locale } = useView();
  if (isErased(client)) return <ErasedContact />;
  return (
    <section class="panel" aria-labelledby="contact">
      <h2 id="contact">{t('deal.contact')}</h2>
      <p class="deal-contact">
        <strong>{client.name}</strong>
        {client.company && <span>{client.company}</span>}
      </p>
      <ul class="deal-ways">
        <li>
          <a class="button" href={mailtoLink(client.email, project.title)}>
            {t('deal.write')}
          </a>
          <span>{client.email}</span>
          <Confirmed client={client} />
        </li>
        {client.phone && (
          <li>
            {isDialable(client.phone) && (
              <a class="button quiet" href={`tel:${client.phone.replace(/[^\d+]/g, '')}`}>
                {t('deal.call')}
              </a>
            )}
            <span>{client.phone}</span>
          </li>
        )}
      </ul>
      <p class="muted">{t('deal.client-reads', { language: languageName(locale, client.locale) })}</p>
    </section>
  );
}

function ErasedContact() {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="contact">
      <h2 id="contact">{t('deal.erased-title')}</h2>
      <p>{t('deal.erased')}</p>
    </section>
  );
}

/** "Ask for Ana", or a number with an extension, is for people to read: a phone would dial another number. */
function isDialable(phone: string): boolean {
  return /^\+?[\d\s().-]{5,}$/.test(phone);
}
