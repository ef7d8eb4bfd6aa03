import { renderToString } from 'preact-render-to-string';
import type { Locale } from '../../domain/catalog.ts';
import type { Block, Content } from './content.ts';

// Mail clients read inline styles only, and tables where a page would have a grid.
// The colours are those of the pages (api/pages/assets/css/base.css).
const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const BODY = `margin:0;padding:24px 12px;background:#faf8f3;color:#1a2321;${FONT};font-size:16px;line-height:1.55`;
const BRAND = 'max-width:600px;margin:0 auto;padding:0 4px 14px;font-size:19px;font-weight:700;color:#0b5f50';
const DOT = 'color:#b97700';
const CARD =
  'max-width:600px;box-sizing:border-box;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e2ddd0;border-radius:14px';
const BUTTON =
  'display:inline-block;padding:13px 24px;background:#0b5f50;color:#ffffff;border-radius:11px;text-decoration:none;font-weight:600';
const HEADING =
  'margin:26px 0 8px;padding-top:18px;border-top:1px solid #e2ddd0;font-size:17px;line-height:1.3';
const SMALL = 'max-width:600px;margin:16px auto 0;color:#56625e;font-size:13px;text-align:center';

/** The HTML part. Every value is escaped by the renderer. */
export function renderHtml(content: Content, locale: Locale, footer: string): string {
  return `<!doctype html>${renderToString(
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light" />
        <title>{content.subject}</title>
      </head>
      <body style={BODY}>
        <p style={BRAND}>
          Terna<span style={DOT}>.</span>
        </p>
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
      return <h2 style={HEADING}>{block.text}</h2>;
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
              <td style="padding:2px 16px 2px 0;color:#56625e;vertical-align:top">{label}</td>
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
