import { isIPv6 } from 'node:net';

/**
 * Who counts as one caller: an IPv4 address, or an IPv6 network of 64 bits, for that is the least that
 * anybody gets, and whoever has one may take any address in it.
 * @param said an address, as a socket or a proxy names it: some proxies add the port
 */
export function networkOf(said: string): string {
  const address = said.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  // `%eth0` names a network card here.
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) return address;
  const groups = groupsOf(bare);
  // ::ffff:192.0.2.1 is how a socket for both kinds names an IPv4 address.
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return dotted(groups[6], groups[7]);
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Its eight groups, each in the shortest form. */
function groupsOf(address: string): string[] {
  // URLs write an address in one way only: lower case, no leading zeros, no dots.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const known = (before?.length ?? 0) + (after?.length ?? 0);
  return [...(before ?? []), ...Array<string>(8 - known).fill('0'), ...(after ?? [])];
}

function dotted(...groups: (string | undefined)[]): string {
  return groups
    .map((group) => Number.parseInt(group ?? '0', 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
