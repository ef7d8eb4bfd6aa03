import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from '../../locales/en.json' with { type: 'json' };

const ROOT = resolve(import.meta.dirname, '../..');

/** Names that are the same in every language. */
const NAMES = ['Terna'];

/** Words between tags, as in `<p>Hello</p>`; what is between braces is code. */
function textsIn(template: string): string[] {
  const markup = template.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/=>/g, '');
  return [...markup.matchAll(/[>}]([^<>{}()=;|&]*\p{L}{2}[^<>{}()=;|&]*)<(?:\/|[a-z]+\d?[\s>/])/gu)].map(
    ([, text = '']) => text.trim(),
  );
}

/** Words that a reader or a screen reader is given by an attribute. */
function attributesIn(template: string): string[] {
  const spoken =
    /\b(?:aria-label|aria-description|title|placeholder|alt|label|hint|legend)="([^"]*\p{L}{2}[^"]*)"/gu;
  return [...template.matchAll(spoken)].map(([, text = '']) => text).filter((text) => !(text in en));
}

const templates = ['api', 'workers'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => [join(folder, file), readFileSync(join(ROOT, folder, file), 'utf8')] as const),
);

describe('templates', () => {
  it('are all looked at, and words in one would be seen', () => {
    expect(templates.length).toBeGreaterThan(50);
    expect(textsIn('<p class="x">\n  Hello you\n</p>')).toEqual(['Hello you']);
    expect(textsIn('<a href={x}>{t("a")} now</a>')).toEqual(['now']);
    expect(textsIn('<b>{name}</b> is here <i>x</i>')).toEqual(['is here']);
    expect(attributesIn('<input placeholder="Your name" class="big wide" />')).toEqual(['Your name']);
  });

  it.each(templates)('%s holds no word', (_file, template) => {
    const words = [...textsIn(template), ...attributesIn(template)];
    expect(words.filter((text) => !NAMES.includes(text))).toEqual([]);
  });
});
