import type { Key, Translate } from '../../../locales/translator.ts';

/** What the fields that can be wrong are called. */
const LABELS: Record<string, Key> = {
  'project.title': 'request-form.project-title',
  'project.description': 'request-form.description',
  'criteria.services': 'field.services',
  'project.budget.amount': 'field.budget',
  'project.budget.currency': 'request-form.currency',
  'project.deadline': 'field.deadline',
  'criteria.language': 'catalog.language',
  'criteria.country': 'catalog.country',
  'criteria.partnerType': 'catalog.type',
  'criteria.tier': 'catalog.tier',
  'client.name': 'request-form.name',
  'client.email': 'field.email',
  'client.company': 'field.company',
  'client.phone': 'field.phone',
};

/** Errors that say which field they are about, for where they stand apart from it. */
export function withLabels(errors: Record<string, string>, t: Translate): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([name, words]) => {
      const label = LABELS[name];
      // A question with a colon after it reads oddly.
      return [name, label ? `${t(label).replace(/\?$/, '')}: ${words}` : words];
    }),
  );
}
