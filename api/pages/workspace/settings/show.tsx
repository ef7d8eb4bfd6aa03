import type { Response } from 'express';
import type { ApiDeps } from '../../../deps.ts';
import { viewOf } from '../../context.ts';
import { show } from '../../show.tsx';
import { withVersion } from '../../version.ts';
import { typedOf } from './fields.ts';
import { loadSettings } from './load.ts';
import { SETTINGS_PATH, SettingsPage, type SettingsProps } from './page.tsx';

/** Answers with the settings as they stand now; `form` has what was typed instead. */
export async function showSettings(
  { db }: ApiDeps,
  response: Response,
  { form, ...rest }: Partial<SettingsProps> = {},
  status = 200,
): Promise<void> {
  const settings = await loadSettings(db, response);
  const fields = withVersion(typedOf(settings.profile));
  const shown = form ?? { typed: fields, errors: {} };
  // A form that came too late is made from what is there now: sent again, it replaces that knowingly.
  const typed = rest.stale ? { ...shown.typed, version: fields.version } : shown.typed;
  viewOf(response).path = SETTINGS_PATH;
  show(response, <SettingsPage {...rest} settings={settings} form={{ ...shown, typed }} />, status);
}
