import type { Request } from 'express';
import type { Device } from '../db/sessions.ts';

// Most names stand in the names of others, too: the first that fits is meant. Chrome says it is Safari, Edge
// says it is Chrome and Safari, Android says it is Linux, an iPhone is "like Mac OS X".
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/Chrom(?:e|ium)\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

// What browsers say in earnest is shorter.
const READ_LENGTH = 200;

/** The browser and system that a request says it comes from: known names only, whatever else it says. */
export function deviceOf(request: Request): Device {
  const said = (request.get('user-agent') ?? '').slice(0, READ_LENGTH);
  const nameIn = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) };
}
