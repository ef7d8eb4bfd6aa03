import type { Block, Content } from './content.ts';

/** The text part: the same words in the same order, with links written out. */
export function renderText(content: Content, footer: string): string {
  return `${[...content.blocks.map(blockText), `--\n${footer}`].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'heading':
      return `${block.text}:`;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'action':
      return `${block.label}:\n${block.url}`;
  }
}
