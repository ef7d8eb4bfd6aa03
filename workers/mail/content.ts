/** What a mail says, before it is dressed: the HTML and the text part are both made from it. */
export interface Content {
  subject: string;
  blocks: Block[];
}

export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  | { kind: 'action'; label: string; url: string };

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const list = (items: string[]): Block => ({ kind: 'list', items });
export const action = (label: string, url: string): Block => ({ kind: 'action', label, url });

/** Facts without a value are left out. */
export function facts(entries: [label: string, value: string | null | undefined][]): Block {
  return { kind: 'facts', facts: entries.flatMap(([label, value]) => (value ? [{ label, value }] : [])) };
}
