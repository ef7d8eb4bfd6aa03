import { expect } from 'vitest';
import type { TestApi } from './http-api.ts';

export const OPERATORS = { OPS_PASSWORD: 'may do all of it', OPS_VIEWER_PASSWORD: 'may only look' };
export const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
export const VIEWER = basic('viewer:may only look');

export type Samples = Map<string, number>;

/** The samples of a scrape, by name and labels as they are written; anything that is no sample is an error. */
export function samplesIn(text: string): Samples {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  return new Map(
    lines.map((line) => {
      const [, name = '', value = ''] =
        /^(\w+(?:\{(?:\w+="(?:[^"\\\n]|\\.)*",?)+\})?) (\S+)$/.exec(line) ?? [];
      expect(Number.isNaN(Number(value)) && value !== 'Nan', line).toBe(false);
      expect(name, line).not.toBe('');
      return [name, Number(value)];
    }),
  );
}

/** What `/metrics` says to a viewer. */
export async function scrape(api: Pick<TestApi, 'call'>): Promise<Samples> {
  const { status, headers, text } = await api.call('/metrics', { headers: VIEWER });
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(headers.get('content-type')).toMatch(/^text\/plain; (charset=utf-8; )?version=0\.0\.4/);
  return samplesIn(text);
}
