import { uuidv7 } from 'uuidv7';
import { anyKeyBody } from '../api/schemas-keys.ts';
import { createApiKey, type NewApiKey, type Principal, revokeAnyApiKey } from '../db/api-keys.ts';
import { type Actor, recordAction } from '../db/audit.ts';
import type { Database, Sql } from '../db/connect.ts';
import { type AnyApiKeyView, listWorkingApiKeys } from '../db/own-api-keys.ts';
import { findPartner } from '../db/partners.ts';
import { UserError } from './process.ts';

/** Whoever may run this command line; who it is, the machine's own log says. */
export const CLI: Actor = { kind: 'cli' };

/** What the commands about API keys are told. */
export interface KeyValues {
  partner?: string | undefined;
  admin?: boolean | undefined;
  name?: string | undefined;
  'read-only'?: boolean | undefined;
  days?: string | undefined;
  id?: string | undefined;
}

/** Makes a key. @returns the key, alone on its line */
export async function createKey(db: Database, values: KeyValues): Promise<string> {
  const wanted = wantedOf(values);
  const principal = await ownerOf(db, values);
  const { scope, days } = wanted;
  return db.transaction('api key made', async (sql) => {
    const id = uuidv7();
    const detail = { ...principal, scope, days };
    await recordAction(sql, CLI, { action: 'api-key.create', subject: { kind: 'api-key', id }, detail });
    return createApiKey(sql, principal, { ...wanted, id });
  });
}

/** @returns every key that works, or those of one partner, as a table with the names last */
export async function listKeys(db: Sql, { partner }: KeyValues): Promise<string> {
  const keys = await listWorkingApiKeys(db, partner === undefined ? undefined : await partnerId(db, partner));
  if (keys.length === 0) return 'No API key works.';
  const rows = [HEAD, ...keys.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Makes a key worthless, whoever has it. */
export async function revokeKey(db: Database, { id }: KeyValues): Promise<string> {
  if (!id) throw new UserError('Say which: --id <id>. "api-key list" shows the ids.');
  const prefix = UUID.test(id) ? await revoke(db, id.toLowerCase()) : undefined;
  if (!prefix) throw new UserError(`There is no API key with the id "${id}". "api-key list" shows the ids.`);
  return `The key ${prefix}… opens nothing any more.`;
}

function revoke(db: Database, id: string): Promise<string | undefined> {
  return db.transaction('api key revoked', async (sql) => {
    const prefix = await revokeAnyApiKey(sql, id);
    if (prefix) await recordAction(sql, CLI, { action: 'api-key.revoke', subject: { kind: 'api-key', id } });
    return prefix;
  });
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const HEAD = ['ID', 'KEY', 'OF', 'SCOPE', 'CREATED', 'LAST USED', 'WORKS UNTIL', 'NAME'];

function cellsOf(key: AnyApiKeyView): string[] {
  const day = (date: Date | null, none: string) => date?.toISOString().slice(0, 10) ?? none;
  const { id, prefix, slug, scope, createdAt, lastUsedAt, expiresAt, name } = key;
  const dates = [day(createdAt, ''), day(lastUsedAt, 'never'), day(expiresAt, 'revoked')];
  return [id, `${prefix}…`, slug ?? '(administrators)', scope, ...dates, name ?? ''];
}

/** @throws UserError that names the options that are wrong */
function wantedOf({ name, 'read-only': readOnly, days }: KeyValues): NewApiKey {
  const { data, error } = anyKeyBody.safeParse({ name, scope: readOnly ? 'read' : 'write', days });
  if (data) return data;
  const wrong = error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`);
  throw new UserError(wrong.join('\n'));
}

async function ownerOf(db: Sql, { partner: slug, admin }: KeyValues): Promise<Principal> {
  if ((slug === undefined) === !admin)
    throw new UserError('Say for whom: either --partner <slug> or --admin.');
  return slug === undefined ? { role: 'admin' } : { role: 'partner', partnerId: await partnerId(db, slug) };
}

async function partnerId(db: Sql, slug: string): Promise<string> {
  const partner = await findPartner(db, slug);
  if (!partner) throw new UserError(`There is no partner "${slug}". The slugs are in GET /api/v1/partners.`);
  return partner.id;
}
