import { generate } from 'lean-qr';
import { toSvgSource } from 'lean-qr/extras/svg';

/** A QR code: `size` modules a side without margin; `get(x, y)` is true for a dark one, false outside. */
export type QrCode = { size: number; get(x: number, y: number): boolean };

/** The QR code of a text. Around it goes a margin of four modules, light on all sides. */
export const makeQrCode = (text: string): QrCode => generate(text);

/** The same as an SVG document with its margin, black on white. */
export const drawQrCode = (text: string): string =>
  toSvgSource(generate(text), { on: 'black', off: 'white', pad: 4, scale: 6 });
