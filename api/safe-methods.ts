/** Methods that change nothing (RFC 9110): what needs no permission to write, no count and no record. */
export const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
