import type { Finding } from './finding';
import { colorSize, outlineSize } from './icons';
import { decodePng, type Picture } from './png';

/** True when every pixel passes; it is given red, green, blue and alpha. */
function every(picture: Picture, passes: (r: number, g: number, b: number, a: number) => boolean): boolean {
  const { pixels } = picture;
  for (let at = 0; at < pixels.length; at += 4)
    if (!passes(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0, pixels[at + 3] ?? 0)) return false;
  return true;
}

type Rule = { side: number; passes: (picture: Picture) => string | null };

const empty = (picture: Picture): boolean => every(picture, (_r, _g, _b, alpha) => alpha === 0);
const rules: Record<'color' | 'outline', Rule> = {
  color: { side: colorSize, passes: (picture) => (empty(picture) ? 'nothing is drawn' : null) },
  outline: {
    side: outlineSize,
    passes: (picture) => {
      if (empty(picture)) return 'nothing is drawn';
      if (!every(picture, (r, g, b, alpha) => alpha === 0 || (r === 255 && g === 255 && b === 255)))
        return 'has other colours than white on transparent';
      return every(picture, (_r, _g, _b, alpha) => alpha === 255) ? 'has no transparent background' : null;
    },
  },
};

/** What is wrong with one of the two icons. */
export function iconFindings(file: string, kind: 'color' | 'outline', bytes: Uint8Array): Finding[] {
  const { side, passes } = rules[kind];
  try {
    const picture = decodePng(bytes);
    const reason =
      picture.width !== side || picture.height !== side
        ? `${picture.width}×${picture.height} pixels, Teams wants ${side}×${side}`
        : passes(picture);
    return reason === null ? [] : [{ file, path: '', reason }];
  } catch (error) {
    return [{ file, path: '', reason: (error as Error).message }];
  }
}
