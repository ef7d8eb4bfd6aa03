import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Change, withHeader } from './call.ts';

// Packed into 50 kB, it would fill 50 MB.
const BOMB = gzipSync(Buffer.alloc(50_000_000));

const encoded = (encoding: string, pack: (body: Buffer) => Buffer): Change => {
  return (call) => ({
    ...withHeader('content-encoding', encoding)(call),
    body: pack(call.body ?? Buffer.alloc(0)),
  });
};

/** A body that is packed, cut off, in another encoding, or not as long as it says. */
export const body: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom<Change>(
    encoded('gzip', gzipSync),
    encoded('br', brotliCompressSync),
    encoded('gzip, gzip', gzipSync),
    encoded('gzip', (plain) => plain),
    encoded('gzip', (plain) => gzipSync(plain).subarray(0, -9)),
    encoded('gzip', () => BOMB),
    encoded('zstd', (plain) => plain),
    encoded('', (plain) => plain),
  ),
  fc.constantFrom<Change>(
    (call) => ({ ...call, odd: true, body: Buffer.alloc(0) }),
    (call) => ({ ...call, odd: true, body: Buffer.from('null') }),
    (call) => ({ ...call, odd: true, body: Buffer.from(`\ufeff${call.body ?? ''}`) }),
    (call) => ({ ...call, odd: true, body: Buffer.from(String(call.body ?? ''), 'utf16le') }),
    (call) => ({ ...call, odd: true, body: Buffer.alloc(100_001, ' ') }),
    (call) => ({
      ...call,
      odd: true,
      body: Buffer.concat([call.body ?? Buffer.alloc(0), Buffer.from([0xff, 0xfe, 0xc0])]),
    }),
  ),
  // Cut off anywhere.
  fc.nat(500).map(
    (length): Change =>
      (call) => ({ ...call, odd: true, body: call.body?.subarray(0, length) ?? Buffer.from('{') }),
  ),
  fc.constantFrom(-20, -1, 1, 1_000).map(
    (by): Change =>
      (call) => {
        const sent = call.body ?? Buffer.from('{}');
        return { ...call, odd: true, body: sent, announced: Math.max(0, sent.length + by) };
      },
  ),
);
