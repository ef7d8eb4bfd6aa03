import type { Request } from 'express';
import { expect, it } from 'vitest';
import { deviceOf } from '../../api/user-agent.ts';

const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const said = (agent: string | undefined) => {
  const { browser, system } = deviceOf({ get: () => agent } as unknown as Request);
  return [browser, system];
};

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/127.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/127.0.0.0 Safari/537.36 Edg/127.0`,
    'Edge',
    'Windows',
  ],
  [`Mozilla/5.0 (X11; Linux x86_64) ${KIT} Chrome/127.0.0.0 Safari/537.36 OPR/112.0`, 'Opera', 'Linux'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/127.0.0.0 Safari/537.36`, 'Chrome', 'ChromeOS'],
  [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${KIT} Chrome/127.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
  [
    `Mozilla/5.0 (Linux; Android 13; SM-S918B) ${KIT} SamsungBrowser/21.0 Chrome/110.0 Mobile Safari/537.36`,
    'Samsung Internet',
    'Android',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15',
    'Safari',
    'macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) FxiOS/128.0 Mobile Safari/605.1.15', 'Firefox', 'iPad'],
  [`${'x'.repeat(200)} Firefox/128.0`, null, null],
  ['curl/8.5.0', null, null],
  ['<script>alert(1)</script>', null, null],
  [undefined, null, null],
])('%s', (agent, browser, system) => {
  expect(said(agent)).toEqual([browser, system]);
});
