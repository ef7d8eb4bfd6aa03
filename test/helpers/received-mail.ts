import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import PostalMime from 'postal-mime';

/** A mail as a strict reader sees it. */
export interface ReadMail {
  /** The headers of the mail itself, unfolded, in their order. */
  headers: [name: string, value: string][];
  to: { name: string; address: string }[];
  subject: string;
  text: string;
  /** Elements with their attributes, without texts: `["p", [["style", "..."]], [...]]`. */
  skeleton: Skeleton;
  /** All text of the body of the HTML part, one after the other. */
  htmlText: string;
  links: string[];
}

export type Skeleton = [tag: string, attributes: [string, string][], inner: Skeleton[]];

/** Takes a mail apart. @throws Error when it is not what a mail may be on its way (RFC 5321, 5322, 2047) */
export async function readMail(source: string): Promise<ReadMail> {
  checkLines(source);
  const headers = headersOf(source);
  const { to = [], text = '', html = '' } = await PostalMime.parse(source);
  const document = parse(html);
  return {
    headers,
    to: to.map(({ name, address = '' }) => ({ name, address })),
    subject: decodeWords(headers.find(([name]) => name === 'Subject')?.[1] ?? ''),
    text: text.replaceAll('\r\n', '\n'),
    skeleton: skeletonOf(document),
    htmlText: textOf(document),
    links: linksOf(document),
  };
}

function checkLines(source: string): void {
  if (/\r(?!\n)|(?<!\r)\n/.test(source)) throw new Error('a line does not end with CR LF');
  const longest = Math.max(...source.split('\r\n').map((line) => Buffer.byteLength(line)));
  if (longest > 998) throw new Error(`a line has ${longest} octets`);
  if (/[^\t\r\n\x20-\x7e]/.test(source)) throw new Error('not all is printable ASCII');
}

function headersOf(source: string): [string, string][] {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n(?=[ \t])/g, '');
  return head.split('\r\n').map((line) => {
    const [, name, value] = /^([!-9;-~]+): ?(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no header: ${line}`);
    return [name, value];
  });
}

/** Each encoded word holds whole characters: many readers decode one by one. */
function decodeWords(value: string): string {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const between = value.replace(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?[^?\s]+\?[bq]\?[^?\s]*\?=)/gi, '$1');
  return between.replace(/=\?utf-8\?([bq])\?([^?\s]*)\?=/gi, (_, kind: string, code: string) =>
    utf8.decode(kind.toLowerCase() === 'b' ? Buffer.from(code, 'base64') : unquoted(code)),
  );
}

const unquoted = (code: string) =>
  Buffer.from(
    code
      .replaceAll('_', ' ')
      .replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;

const inside = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : []);

function skeletonOf(node: Node): Skeleton {
  const attributes = 'attrs' in node ? node.attrs : [];
  const said = attributes.map(({ name, value }): [string, string] => [
    name,
    name === 'href' ? 'link' : value,
  ]);
  return [
    node.nodeName,
    said,
    inside(node)
      .filter(({ nodeName }) => nodeName !== '#text')
      .map(skeletonOf),
  ];
}

function textOf(node: Node): string {
  if ('value' in node && node.nodeName === '#text') return node.value;
  return node.nodeName === 'title' ? '' : inside(node).map(textOf).join('\n');
}

function linksOf(node: Node): string[] {
  const here = 'attrs' in node ? node.attrs.filter(({ name }) => name === 'href' || name === 'src') : [];
  return [...here.map(({ value }) => value), ...inside(node).flatMap(linksOf)];
}
