import { asciiAddress } from '../../domain/email-address.ts';

/** A link that writes to an address; whatever stands before its @ adds no recipient and no header. */
export function mailtoLink(address: string, subject?: string): string {
  const to = encodeURIComponent(asciiAddress(address)).replace('%40', '@');
  return subject === undefined ? `mailto:${to}` : `mailto:${to}?subject=${encodeURIComponent(subject)}`;
}
