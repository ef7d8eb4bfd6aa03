import { domainToASCII, domainToUnicode } from 'node:url';

// As browsers check it (the HTML standard): letters, digits and marks of ASCII, parts with dots between.
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
// Of the domain as it is sent: at least two labels of at most 63 letters, digits and hyphens; the last no number.
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
// What is longer does not fit into the path of an SMTP command (RFC 5321, 4.5.3.1.3, with the angle brackets).
const MOST_OCTETS = 254;

/** Why a text is no e-mail address that mails can be sent to. */
export type AddressFault = 'invalid_format' | 'too_big' | 'local_part_not_ascii';

/**
 * What is wrong with an address, or undefined. Domains may be internationalised; what stands before the @ is ASCII,
 * since few servers take mail for another (RFC 6531), and an accent there is nearly always a slip.
 */
export function addressFault(text: string): AddressFault | undefined {
  if (text.length > MOST_OCTETS) return 'too_big';
  const [local, domain, ...more] = text.split('@');
  if (!local || !domain || more.length > 0) return 'invalid_format';
  if (!DOMAIN.test(asciiDomain(domain))) return 'invalid_format';
  if (!LOCAL_PART.test(local))
    return LOCAL_PART.test(local.replace(/[\p{L}\p{M}]/gu, 'a')) ? 'local_part_not_ascii' : 'invalid_format';
  return asciiAddress(text).length > MOST_OCTETS ? 'too_big' : undefined;
}

/**
 * The one spelling of an address that is stored and shown: `Ana@BÜCHER.example` and `Ana@xn--bcher-kva.example` are
 * `Ana@bücher.example`. What stands before the @ is its server's to tell apart. A text that is no address stays.
 */
export function plainAddress(text: string): string {
  if (addressFault(text)) return text;
  const [local, domain] = text.split('@');
  const ascii = asciiDomain(domain ?? '');
  const readable = domainToUnicode(ascii);
  return `${local}@${domainToASCII(readable) === ascii ? readable : ascii}`;
}

/** The address as it is sent: with its domain in ASCII. */
export function asciiAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return `${local}@${asciiDomain(domain)}`;
}

/**
 * What tells mailboxes apart: case does not count, nor what stands after a +, which most servers leave aside.
 * For counting, never for sending.
 */
export function mailboxOf(address: string): string {
  return asciiAddress(address)
    .toLowerCase()
    .replace(/(?<=.)\+[^@]*(?=@)/, '');
}

/** '' for what is no domain: no host with a port, no escape that a URL would undo. */
function asciiDomain(domain: string): string {
  return /^[a-z0-9.\-\u0080-\u{10ffff}]+$/iu.test(domain) ? domainToASCII(domain) : '';
}
