/** Numbers of given widths, one after the other, as few bytes as they need. */
export type BitWriter = { put(value: number, width: number): void; bytes(): Buffer };
/** Reads them back in the same order; `take` gives null when nothing is left. */
export type BitReader = { take(width: number): number | null };

export function writeBits(): BitWriter {
  let written = '';
  return {
    put: (value, width) => {
      written += value.toString(2).padStart(width, '0');
    },
    bytes: () => Buffer.from((written.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))),
  };
}

export function readBits(bytes: Buffer): BitReader {
  const written = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let at = 0;
  return {
    take: (width) => {
      if (at + width > written.length) return null;
      at += width;
      return Number.parseInt(written.slice(at - width, at), 2);
    },
  };
}
