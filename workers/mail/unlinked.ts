import type { Block } from './content.ts';

// Where mail programs see a link though there is none in the HTML: https://evil.example, www.evil.example,
// evil.example, ana@evil.example.
const LINK_LIKE = /(?<=:)(?=\/\/)|(?<=[\p{L}\p{N}])(?=\.[\p{L}\p{N}]{2})|(?<=\S)(?=@\S)/gu;

/**
 * The block with a word joiner (it has no width) in whatever mail programs would make a link of by themselves: names
 * and titles are typed by strangers, and mails about them go to addresses that nobody has confirmed. Facts stay as
 * they were written, for their readers copy them.
 */
export function unlinked(block: Block): Block {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { ...block, text: broken(block.text) };
    case 'list':
      return { ...block, items: block.items.map(broken) };
    case 'facts':
    case 'action':
      return block;
  }
}

const broken = (text: string) => text.replace(LINK_LIKE, '\u2060');
