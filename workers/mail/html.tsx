import { renderToString } from 'preact-render-to-string';
import type { Locale } from '../../domain/catalog.ts';
import type { Block, Content } from './content.ts';

// Mail clients read inline styles only, and tables where a page would have a grid.
const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const BODY = `margin:0;padding:24px 12px;background:#f3f4f7;color:#1f2430;${FONT};font-size:16px;line-height:1.5`;
const CARD = 'max-width:600px;margin:0 auto;padding:28px;background:#ffffff;border-radius:10px';
const BUTTON =
  'display:inline-block;padding:12px 20px;background:#1b4fd8;color:#ffffff;border-radius:8px;text-decoration:none;font-weight:600';
const SMALL = 'max-width:600px;margin:16px auto 0;color:#5b6270;font-size:13px;text-align:center';

/** The HTML part. Every value is escaped by the renderer. */
export function renderHtml(content: Content, locale: Locale, footer: string): string {
  return `<!doctype html>${renderToString(
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{content.subject}</title>
      </head>
      <body style={BODY}>
        <div style={CARD}>
          {content.blocks.map((block) => (
            <BlockHtml block={block} />
          ))}
        </div>
        <p style={SMALL}>{footer}</p>
      </body>
    </html>,
  )}`;
}

function BlockHtml({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return <p style="margin:0 0 16px;white-space:pre-line">{block.text}</p>;
    case 'heading':
      return <h2 style="margin:24px 0 8px;font-size:17px">{block.text}</h2>;
    case 'list':
      return (
        <ul style="margin:0 0 16px;padding-left:20px">
          {block.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      );
    case 'facts':
      return (
        <table role="presentation" style="margin:0 0 16px;border-collapse:collapse">
          {block.facts.map(({ label, value }) => (
            <tr>
              <td style="padding:2px 16px 2px 0;color:#5b6270;vertical-align:top">{label}</td>
              <td style="padding:2px 0;white-space:pre-line">{value}</td>
            </tr>
          ))}
        </table>
      );
    case 'action':
      return (
        <p style="margin:24px 0">
          <a href={block.url} style={BUTTON}>
            {block.label}
          </a>
        </p>
      );
  }
}
