import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../../db/connect.ts';
import { insertEmails, type Template } from '../../db/emails.ts';
import { insertRequests } from '../../db/requests.ts';
import { plainAddress } from '../../domain/email-address.ts';
import { evilText, oddAddress } from './mail-texts.ts';
import { insertPartners, newPartner } from './partners.ts';
import { newRequest } from './requests.ts';

/** Every mail that there is, and to whom it goes. */
export const MAILS = [
  ['request-routed', 'client'],
  ['request-unmatched', 'client'],
  ['invitation', 'client'],
  ['feedback-request', 'client'],
  ['lead-new', 'partner'],
  ['lead-nudge', 'partner'],
  ['lead-closed', 'partner'],
  ['sign-in', 'partner'],
  ['sign-in', 'admin'],
] as const satisfies [Template, string][];

/** All that people can write which a mail may speak of. */
export interface MailInput {
  template: Template;
  reader: 'client' | 'partner' | 'admin';
  locale: 'en' | 'pt-BR';
  client: { name: string; email: string; phone: string | null; company: string | null };
  title: string;
  description: string;
  partner: { name: string; title: string; email: string };
  pipeline: string;
}

/** One for each mail in turn. */
export function mailInputs(count: number, seed: number): MailInput[] {
  const maybe = fc.option(evilText, { freq: 3 });
  const texts = fc.record({
    locale: fc.constantFrom('en' as const, 'pt-BR' as const),
    client: fc.record({ name: evilText, email: oddAddress, phone: maybe, company: maybe }),
    title: evilText,
    description: evilText,
    partner: fc.record({ name: evilText, title: evilText, email: oddAddress }),
    pipeline: evilText,
  });
  return fc.sample(texts, { numRuns: count, seed }).map((input, n) => {
    const [template, reader] = MAILS[n % MAILS.length] ?? MAILS[0];
    const { client, partner } = input;
    // Administrators never share an address.
    const email = reader === 'admin' ? partner.email.replace(/^[^@]*/, `admin-${n}`) : partner.email;
    return {
      template,
      reader,
      ...input,
      client: { ...client, email: plainAddress(client.email) },
      partner: { ...partner, email: plainAddress(email) },
    };
  });
}

// What a request must be for these mails to be sent.
const STATUS: Partial<Record<Template, string>> = { invitation: 'invited', 'lead-nudge': 'routed' };

/** Writes the rows that a mail about each input needs, and the mails; nothing promises them yet. @returns their ids */
export async function insertMailRows(db: Database, inputs: MailInput[]): Promise<string[]> {
  const rows = inputs.map((input) => ({
    ...{ input, emailId: uuidv7(), requestId: uuidv7(), matchId: uuidv7() },
    ...{ pipelineId: uuidv7(), stageId: uuidv7(), adminId: uuidv7() },
    partner: newPartner({ ...input.partner, locale: input.locale }),
  }));
  const sql = db.writing('job test');
  await insertRequests(
    sql,
    rows.map(({ requestId, input: { client, title, description, locale } }) =>
      newRequest({
        id: requestId,
        client: { ...client, locale },
        project: {
          title,
          description,
          budget: { amount: '1500.00', currency: 'BRL' },
          deadline: '2027-01-31',
        },
      }),
    ),
  );
  await insertPartners(
    sql,
    rows.map(({ partner }) => partner),
  );
  const text = JSON.stringify(
    rows.map(({ input, partner, ...ids }) => ({
      ...ids,
      partnerId: partner.id,
      pipeline: input.pipeline,
      name: input.partner.name,
      email: input.partner.email,
      locale: input.locale,
      reader: input.reader,
      status: STATUS[input.template] ?? 'completed',
    })),
  );
  const FROM = `jsonb_to_recordset($1) as x ("requestId" uuid, "matchId" uuid, "partnerId" uuid, "pipelineId" uuid,
    "stageId" uuid, "adminId" uuid, pipeline text, name text, email text, locale text, reader text, status text)`;
  for (const statement of [
    `update requests r set status = x.status from ${FROM} where r.id = x."requestId"`,
    `insert into matches (id, request_id, partner_id, reasons)
     select "matchId", "requestId", "partnerId", '[{"code": "newcomer"}]' from ${FROM}`,
    `insert into pipelines (id, partner_id, name, position) select "pipelineId", "partnerId", pipeline, 0 from ${FROM}`,
    `insert into stages (id, pipeline_id, name, kind, position) select "stageId", "pipelineId", 'New', 'new', 0 from ${FROM}`,
    `insert into deals (id, request_id, partner_id, pipeline_id, stage_id, kind)
     select "matchId", "requestId", "partnerId", "pipelineId", "stageId", 'new' from ${FROM}`,
    `insert into admins (id, email, name, locale)
     select "adminId", email, name, locale from ${FROM} where reader = 'admin'`,
  ])
    await sql.query(statement, [text]);
  await insertEmails(
    sql,
    rows.map(({ input: { template, reader }, emailId, requestId, matchId, partner, adminId }) => ({
      id: emailId,
      template,
      purpose: `${template}/${emailId}`,
      requestId: template === 'sign-in' ? null : requestId,
      matchId: template === 'sign-in' ? null : matchId,
      partnerId: reader === 'partner' ? partner.id : null,
      ...(reader === 'admin' && { adminId }),
      windowNo: 1,
    })),
  );
  return rows.map(({ emailId }) => emailId);
}
