import { encodePng, type Picture } from './png';

/** Background of the colour icon, and accent of the app in Teams: the dark blue of the web page. */
export const accentColor = '#0A3D7A';
/** Sides in pixels, as Teams wants them. */
export const colorSize = 192;
export const outlineSize = 32;

/** Looks within each pixel, across and down: smooth edges. */
const looks = 4;

// Looked up once: in a test runner's sandbox every look at a global is slow.
const { abs, floor, hypot } = Math;

type Shape = (x: number, y: number) => boolean;

/** A doorway with a round top: `inset` from its outer edge, open at the bottom. */
const arch =
  (inset: number, bottom: number): Shape =>
  (x, y) => {
    const radius = 0.38 - inset;
    if (y > bottom || abs(x - 0.5) > radius) return false;
    return y >= 0.42 || hypot(x - 0.5, y - 0.42) <= radius;
  };
const outer = arch(0, 0.86);
const inner = arch(0.09, 0.76);
const dot = (centre: number, x: number, y: number): boolean => hypot(x - centre, y - 0.5) <= 0.062;

/** The sign of Guichet in a unit square: a counter, its window, and three dots of somebody writing. */
const sign: Shape = (x, y) => {
  const counter = x >= 0 && x <= 1 && y >= 0.8 && y <= 0.94;
  const frame = outer(x, y) && !inner(x, y);
  return counter || frame || [0.32, 0.5, 0.68].some((centre) => dot(centre, x, y));
};

/** How much of each pixel the sign covers, 0 to 1; the sign fills the square from `margin` to `side - margin`. */
function coverage(side: number, margin: number): number[] {
  const scale = side - 2 * margin;
  return Array.from({ length: side * side }, (_, pixel) => {
    const [column, row] = [pixel % side, floor(pixel / side)];
    if (column < margin || row < margin || column >= side - margin || row >= side - margin) return 0;
    let hits = 0;
    for (let look = 0; look < looks * looks; look += 1) {
      const x = column + ((look % looks) + 0.5) / looks;
      const y = row + (floor(look / looks) + 0.5) / looks;
      if (sign((x - margin) / scale, (y - margin) / scale)) hits += 1;
    }
    return hits / (looks * looks);
  });
}

function paint(side: number, margin: number, colour: (covered: number) => [number, number, number, number]): Buffer {
  const picture: Picture = { width: side, height: side, pixels: new Uint8Array(side * side * 4) };
  for (const [pixel, covered] of coverage(side, margin).entries()) picture.pixels.set(colour(covered), pixel * 4);
  return encodePng(picture);
}

/** The colour icon: the sign in white within the middle 96 pixels, where Teams never crops. */
export function drawColorIcon(): Buffer {
  const paper = [1, 3, 5].map((at) => Number.parseInt(accentColor.slice(at, at + 2), 16));
  const blend = (covered: number) => paper.map((part) => Math.round(part + (255 - part) * covered));
  return paint(colorSize, 48, (covered) => [...blend(covered), 255] as [number, number, number, number]);
}

/** The outline icon: white where the sign is, transparent elsewhere. */
export const drawOutlineIcon = (): Buffer =>
  paint(outlineSize, 2, (covered) => [255, 255, 255, Math.round(255 * covered)]);
