import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture: red, green, blue, alpha of each pixel, row by row from the top. */
export type Picture = { width: number; height: number; pixels: Uint8Array };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Widest and highest picture that is read. */
const largestSide = 2048;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A picture as a PNG file: 8 bits a channel, with alpha. */
export function encodePng({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const row = pixels.subarray(y * width * 4, (y + 1) * width * 4);
    rows.set(row, y * (width * 4 + 1) + 1);
  }
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function readChunks(file: Buffer): Map<string, Buffer> {
  if (!file.subarray(0, 8).equals(signature)) throw new Error('not a PNG file');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at + 12 <= file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) throw new Error('the PNG file is cut off');
    const type = file.toString('latin1', at + 4, at + 8);
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) throw new Error(`damaged PNG part ${type}`);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), file.subarray(at + 8, end)]));
    if (type === 'IEND') return chunks;
    at = end + 4;
  }
  throw new Error('the PNG file is cut off');
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

/** Takes the filter of each row back, in place; `step` = bytes of a pixel. */
function unfilter(rows: Buffer, height: number, length: number, step: number): Buffer {
  const plain = Buffer.alloc(height * length);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (length + 1)] ?? 0;
    if (filter > 4) throw new Error(`unknown PNG filter ${filter}`);
    for (let x = 0; x < length; x += 1) {
      const at = y * length + x;
      const left = x >= step ? (plain[at - step] as number) : 0;
      const above = y > 0 ? (plain[at - length] as number) : 0;
      const corner = x >= step && y > 0 ? (plain[at - length - step] as number) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] as number;
      plain[at] = ((rows[y * (length + 1) + 1 + x] as number) + guess) & 255;
    }
  }
  return plain;
}

/** Reads a PNG file of 8 bits a channel, with or without alpha. Throws an Error that says what is wrong with any other. */
export function decodePng(bytes: Uint8Array): Picture {
  const chunks = readChunks(Buffer.from(bytes));
  const header = chunks.get('IHDR');
  const data = chunks.get('IDAT');
  if (header?.length !== 13 || !data) throw new Error('the PNG file has no picture');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (width < 1 || height < 1 || width > largestSide || height > largestSide)
    throw new Error(`a picture of ${width}×${height}`);
  const [depth, colours, , , interlaced] = header.subarray(8);
  if (depth !== 8 || (colours !== 2 && colours !== 6) || interlaced !== 0)
    throw new Error('not a plain PNG of 8-bit red, green and blue');
  const step = colours === 6 ? 4 : 3;
  const size = height * (width * step + 1);
  let rows: Buffer;
  try {
    rows = inflateSync(data, { maxOutputLength: size });
  } catch {
    throw new Error('the picture in the PNG file is damaged');
  }
  if (rows.length !== size) throw new Error('the picture in the PNG file is damaged');
  const plain = unfilter(rows, height, width * step, step);
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    pixels.set(plain.subarray(pixel * step, (pixel + 1) * step), pixel * 4);
  return { width, height, pixels };
}
