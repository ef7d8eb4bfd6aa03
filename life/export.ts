import type { Database } from '../db/connect.ts';
import { partnersByEmail } from '../db/data-subjects.ts';
import { type AskedPartner, exportCaptured, exportClient, type SentMail } from '../db/export-client.ts';
import { exportAdmin, exportPartner } from '../db/export-partner.ts';
import type { WholeRequest } from '../db/requests.ts';

/** Everything that is held of whoever has this address, as of one moment: as client, partner, administrator. */
export async function exportOf(db: Database, email: string) {
  return db.reading(async (sql) => {
    const { requests, asked, mails } = await exportClient(sql, email);
    const partners = [];
    for (const id of await partnersByEmail(sql, email)) {
      const partner = await exportPartner(sql, id);
      if (partner) partners.push(partner);
    }
    return {
      email,
      exportedAt: new Date(),
      requests: requests.map((request) => withWhatCame(request, asked, mails)),
      partners,
      administrator: await exportAdmin(sql, email),
      capturedMails: await exportCaptured(sql, email),
    };
  });
}

/** What `exportOf` gives. */
export type Exported = Awaited<ReturnType<typeof exportOf>>;

function withWhatCame(request: WholeRequest, asked: AskedPartner[], mails: SentMail[]) {
  const { id, mode, status, client, project, criteria, consentedAt, consentVersion, createdAt } = request;
  const of = <Row extends { requestId: string | null }>(rows: Row[]) =>
    rows.filter(({ requestId }) => requestId === id).map(({ requestId: _, ...row }) => row);
  return {
    ...{ id, mode, status, client, project, criteria },
    consent: { at: consentedAt, version: consentVersion },
    createdAt,
    partners: of(asked),
    mails: of(mails),
  };
}
