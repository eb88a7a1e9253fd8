import { iconFindings } from '../../../src/channels/teams/check-icons';
import { colorSize, drawColorIcon, drawOutlineIcon, outlineSize } from '../../../src/channels/teams/icons';
import { decodePng, encodePng, type Picture } from '../../../src/channels/teams/png';

const picture = (side: number, colour: number[]): Picture => ({
  width: side,
  height: side,
  pixels: Uint8Array.from({ length: side * side * 4 }, (_, at) => colour[at % 4] ?? 0),
});
const outline = decodePng(drawOutlineIcon());
const reasons = (kind: 'color' | 'outline', bytes: Uint8Array): string[] =>
  iconFindings('icon.png', kind, bytes).map(({ reason }) => reason);

test('both icons are what Teams wants', () => {
  expect(reasons('color', drawColorIcon())).toEqual([]);
  expect(reasons('outline', drawOutlineIcon())).toEqual([]);
});

test('the sign of the colour icon stays within the middle 96 pixels, and all around is one colour', () => {
  const { pixels } = decodePng(drawColorIcon());
  const at = (x: number, y: number) =>
    [...pixels.subarray((y * colorSize + x) * 4, (y * colorSize + x) * 4 + 4)].join();
  const inside = (place: number) => place >= 48 && place < 144;
  const colours = new Set<string>();
  for (let y = 0; y < colorSize; y += 1)
    for (let x = 0; x < colorSize; x += 1) if (!inside(x) || !inside(y)) colours.add(at(x, y));
  expect([...colours]).toEqual(['10,61,122,255']);
  expect(at(96, 130)).toBe('255,255,255,255');
});

test('a picture comes back from its file as it was', () => {
  const random = { width: 7, height: 5, pixels: Uint8Array.from({ length: 140 }, (_, index) => (index * 97) % 256) };
  expect(decodePng(encodePng(random))).toEqual(random);
});

const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 20);
const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[60] = (copy[60] ?? 0) ^ 1;
  return copy;
};
test.each<[string, 'color' | 'outline', Uint8Array, RegExp]>([
  ['text', 'color', Buffer.from('<svg/>'), /not a PNG/],
  ['cut off', 'color', cut(drawColorIcon()), /cut off/],
  ['one bit flipped', 'color', flipped(drawColorIcon()), /damaged/],
  ['64 pixels wide', 'color', encodePng(picture(64, [1, 2, 3, 255])), /64×64 pixels, Teams wants 192×192/],
  ['empty', 'color', encodePng(picture(colorSize, [9, 9, 9, 0])), /nothing is drawn/],
  ['blue outline', 'outline', encodePng(picture(outlineSize, [0, 0, 255, 255])), /other colours than white/],
  ['a white square', 'outline', encodePng(picture(outlineSize, [255, 255, 255, 255])), /no transparent background/],
  ['an outline that is too large', 'outline', encodePng(picture(96, [255, 255, 255, 9])), /Teams wants 32×32/],
])('rejected: %s', (_name, kind, bytes, reason) => {
  expect(reasons(kind, bytes).join()).toMatch(reason);
});

test('the outline has soft edges, full white and empty corners', () => {
  const alphas = Array.from({ length: outlineSize * outlineSize }, (_, pixel) => outline.pixels[pixel * 4 + 3] ?? 0);
  expect([Math.min(...alphas), Math.max(...alphas), alphas[0]]).toEqual([0, 255, 0]);
  expect(alphas.some((alpha) => alpha > 0 && alpha < 255)).toBe(true);
});
