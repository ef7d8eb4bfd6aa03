import { expect, it } from 'vitest';
import { runEntry } from '../helpers/http-process.ts';

it.each([
  ['OPS_VIEWER_PASSWORD', { OPS_PASSWORD: 'the same for both', OPS_VIEWER_PASSWORD: 'the same for both' }],
  ['OPS_VIEWER_PASSWORD', { OPS_VIEWER_PASSWORD: 'short' }],
  ['RETENTION_AUDIT', { RETENTION_AUDIT: 'P89D' }],
  ['RETENTION_AUDIT', { RETENTION_AUDIT: 'P2Y' }],
])('a bad %s ends the start with 78, and shows no password', async (name, env: Record<string, string>) => {
  const { code, stderr } = await runEntry('cli.ts', ['help'], env);
  expect([code, stderr]).toEqual([78, expect.stringMatching(new RegExp(`^  ${name} \\S`, 'm'))]);
  expect(stderr).not.toContain('the same for both');
});
