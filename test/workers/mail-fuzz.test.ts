import { expect, onTestFinished, test } from 'vitest';
import { asciiAddress } from '../../domain/email-address.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import { transaction } from '../../jobs/transaction.ts';
import { type Translate, translator } from '../../locales/translator.ts';
import { smtpMailer } from '../../workers/mail/mailer.ts';
import { sendEmailHandler } from '../../workers/send-email.ts';
import { testDatabase } from '../helpers/database.ts';
import { workerDeps } from '../helpers/deps.ts';
import { insertMailRows, type MailInput, mailInputs } from '../helpers/mail-inputs.ts';
import { deliver, promised } from '../helpers/outbox.ts';
import { type ReadMail, readMail } from '../helpers/received-mail.ts';
import { startSmtpSink } from '../helpers/smtp-sink.ts';

// FUZZ_MAILS=10000 for the long run.
const INPUTS = Number(process.env.FUZZ_MAILS ?? 900);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 1e9));
const AT_ONCE = 90;

const FROM = 'no-reply@terna.example';
const PUBLIC_URL = 'https://terna.example';
const HEADERS = [
  ...['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Auto-Submitted', 'Content-Type'],
].sort();
const TOKEN = '[\\w-]{43}';
const LINKS: Record<MailInput['template'], RegExp> = {
  'request-routed': new RegExp(`^${PUBLIC_URL}/requests/[0-9a-f-]{36}/${TOKEN}$`),
  'request-unmatched': new RegExp(`^${PUBLIC_URL}/requests/[0-9a-f-]{36}/${TOKEN}$`),
  invitation: new RegExp(`^${PUBLIC_URL}/requests/[0-9a-f-]{36}/${TOKEN}$`),
  'feedback-request': new RegExp(`^${PUBLIC_URL}/feedback/${TOKEN}$`),
  'lead-new': new RegExp(`^${PUBLIC_URL}/workspace/deals/[0-9a-f-]{36}$`),
  'lead-nudge': new RegExp(`^${PUBLIC_URL}/workspace/deals/[0-9a-f-]{36}$`),
  'lead-closed': /^none$/,
  'sign-in': new RegExp(`^${PUBLIC_URL}/sign-in/${TOKEN}$`),
};

/** Sends a mail about each input through nodemailer to a real server. @returns what arrived, in the same order */
async function sendAll(inputs: MailInput[]) {
  const { db } = await testDatabase('empty');
  const sink = await startSmtpSink();
  onTestFinished(() => sink.close());
  const mailer = smtpMailer(sink.url, { name: 'Terna', address: FROM }, 10);
  onTestFinished(() => mailer.close());
  const deps = workerDeps(db, { mailer }, { PUBLIC_URL });
  const emailIds: string[] = [];
  for (let n = 0; n < inputs.length; n += AT_ONCE) {
    const ids = await insertMailRows(db, inputs.slice(n, n + AT_ONCE));
    emailIds.push(...ids);
    await transaction(deps, 'job test', async (tx) => {
      for (const emailId of ids) tx.enqueue(sendEmail, { emailId });
    });
    await deliver(deps, sendEmailHandler, await promised(db, sendEmail));
  }
  const failed = await db.query('select status, template, error from emails where status <> $1', ['sent']);
  expect(failed).toEqual([]);
  expect(sink.mails).toHaveLength(inputs.length);
  const arrived = new Map(sink.mails.map((mail) => [mail.messageId, mail]));
  return emailIds.map((id) => arrived.get(`<${id}@terna.example>`));
}

/** The same without anything odd in it: what it is like in form is what every mail of the kind must be like. */
function harmless(input: MailInput): MailInput {
  const { client } = input;
  return {
    ...input,
    client: {
      name: 'Ana',
      email: 'ana@example.com',
      phone: client.phone && '555',
      company: client.company && 'Inc',
    },
    title: 'Title',
    description: 'Words',
    partner: { name: 'Zoe', title: 'Studio', email: `${input.partner.email.split('@')[0]}@example.com` },
    pipeline: 'Leads',
  };
}

const formOf = ({ template, reader, locale, client }: MailInput) =>
  [template, reader, locale, client.phone !== null, client.company !== null].join(' ');

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
/** As a reader sees it: without the joiners that keep it from becoming a link, and with one kind of line end. */
const seen = (text: string) => text.replaceAll('\u2060', '').replace(/\r\n?/g, '\n');

function subjectOf({ template, title, partner }: MailInput, t: Translate): string {
  if (template === 'sign-in') return t('mail.sign-in.subject');
  return t(`mail.${template}.subject`, { title, count: 1, partner: partner.name });
}

/** What of the input the mail must say. */
function wordsOf({ template, reader, client, partner, title, description, pipeline }: MailInput): string[] {
  const contact = [client.email, ...(client.phone ? [client.phone] : [])];
  const company = client.company ? [client.company] : [];
  const name = reader === 'client' ? client.name : partner.name;
  switch (template) {
    case 'request-routed':
      return [name, partner.name, partner.title];
    case 'feedback-request':
      return [name, partner.name, title];
    case 'lead-new':
      return [name, title, description, client.name, pipeline, ...contact, ...company];
    case 'lead-nudge':
      return [name, client.name, pipeline, ...contact];
    case 'lead-closed':
      return [name, client.name];
    default:
      return [name];
  }
}

function check(input: MailInput, mail: ReadMail, form: ReadMail['skeleton'] | undefined): void {
  const reader = input.reader === 'client' ? input.client : input.partner;
  expect(mail.headers.map(([name]) => name).sort()).toEqual(HEADERS);
  const header = (wanted: string) => mail.headers.find(([name]) => name === wanted)?.[1] ?? '';
  expect(header('From')).toBe(`Terna <${FROM}>`);
  expect(mail.to).toEqual([{ name: expect.any(String), address: asciiAddress(reader.email) }]);
  expect(['', reader.name]).toContain(mail.to[0]?.name);
  expect(mail.subject.trim()).toBe(oneLine(subjectOf(input, translator(input.locale))));

  for (const words of wordsOf(input)) {
    expect(seen(mail.text)).toContain(seen(words).trimEnd());
    expect(seen(mail.htmlText)).toContain(seen(words));
  }
  expect(mail.skeleton).toEqual(form);
  const links = input.template === 'lead-closed' ? [] : [expect.stringMatching(LINKS[input.template])];
  expect(mail.links).toEqual(links);
  // Facts are shown as they were written, to be copied; in sentences, nothing that a mail program makes a link of.
  if (input.template === 'lead-new' || input.template === 'lead-nudge') return;
  expect(mail.text.match(/[a-z][a-z0-9+.-]*:\/\/\S+|www\.\S+|[^\s\u2060]@\S+/gi) ?? []).toEqual(links);
  expect(mail.htmlText).not.toMatch(/[a-z]:\/\/|www\.|[^\s\u2060]@\S|\bevil\.example/i);
}

test(`${INPUTS} mails about hostile input (FUZZ_SEED=${SEED}): recipient, subject, form and links are ours`, {
  timeout: 60_000 + 60 * INPUTS,
}, async () => {
  const inputs = mailInputs(INPUTS, SEED);
  const plain = new Map(inputs.map((input) => [formOf(input), harmless(input)]));
  const arrived = await sendAll([...plain.values(), ...inputs]);
  const forms = new Map<string, ReadMail['skeleton']>();
  const wrong: string[] = [];
  for (const [n, input] of [...plain.values(), ...inputs].entries()) {
    try {
      const { from, to, source = '' } = arrived[n] ?? {};
      const reader = input.reader === 'client' ? input.client : input.partner;
      expect([from, to?.map(asciiAddress)]).toEqual([FROM, [asciiAddress(reader.email)]]);
      const mail = await readMail(source);
      if (n < plain.size) forms.set(formOf(input), mail.skeleton);
      check(input, mail, forms.get(formOf(input)));
    } catch (error) {
      const about = `input ${n - plain.size} of FUZZ_SEED=${SEED}: ${JSON.stringify(input).slice(0, 3_000)}`;
      wrong.push(`${about}\n${(error as Error).message}\n${arrived[n]?.source.slice(0, 2_000)}`);
    }
  }
  expect(`${wrong.length} wrong\n${wrong[0] ?? ''}`).toBe('0 wrong\n');
});
