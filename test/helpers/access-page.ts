import { type Area, type Outcome, ROLES, type Role, type Row } from './access-table.ts';

const WORDS: Record<Outcome, string> = {
  yes: '**yes**',
  own: 'its own',
  'sign-in': 'sign in',
  '401': '401',
  '403': '403',
  '404': '404',
};

const roles = Object.keys(ROLES) as Role[];

/** The areas' tables, as docs/access.md has them; what is open to everybody needs none. */
export function tablesOf(areas: Area[]): string {
  return areas
    .map(({ title, rows }) => {
      const isOpen = rows.every(({ who }) => roles.every((role) => who[role] === 'yes'));
      const lines = isOpen ? rows.map((row) => `- ${nameOf(row)}`) : tableOf(rows);
      const heading = isOpen ? `${title}: everybody may` : title;
      return ['', `## ${heading}`, '', ...lines, ''].join('\n');
    })
    .join('');
}

function tableOf(rows: Row[]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...roles.map((role) => ROLES[role])]),
    `|${'---|'.repeat(roles.length + 1)}`,
    ...rows.map((row) => line([nameOf(row), ...roles.map((role) => WORDS[row.who[role]])])),
  ];
}

function nameOf({ route, query = {} }: Row): string {
  const [method = '', path = ''] = route.split(' ');
  const parameters = Object.keys(query).map((name) => `?${name}=…`);
  return `\`${method.toUpperCase()} ${path.replace('{rest}', '…')}${parameters.join('')}\``;
}
