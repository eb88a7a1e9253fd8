import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import type { Words } from '../../library/i18n';
import { drawColorIcon, drawOutlineIcon } from './icons';
import { makeManifest, makeStrings, manifestLanguage, stringsFile, type TeamsSettings } from './manifest';

/** The files of an app package by name. */
export type PackageFiles = Record<string, Uint8Array>;

/** Most files, and most bytes of one of them unpacked, that a package is read with. */
const mostFiles = 100;
const largestFile = 1_000_000;
/** The oldest day that a zip file can name: the same sources give the same bytes on every day. */
const noDay = new Date(1980, 0, 1);

const asJson = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`);

/** Everything in the app package; `languages` = the live ones. */
export function makePackage(settings: TeamsSettings, languages: string[], words: Words): PackageFiles {
  const others = languages.filter((language) => language !== manifestLanguage);
  return {
    'manifest.json': asJson(makeManifest(settings, languages, words.in(manifestLanguage))),
    'color.png': drawColorIcon(),
    'outline.png': drawOutlineIcon(),
    ...Object.fromEntries(others.map((language) => [stringsFile(language), asJson(makeStrings(words.in(language)))])),
  };
}

/** The package as one zip file. */
export const zipPackage = (files: PackageFiles): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [bytes, { mtime: noDay }]])) as Zippable,
    { level: 9 },
  );

/** Unpacks a zip file. Throws an Error that says why it cannot be a package. */
export function unzipPackage(bytes: Uint8Array): PackageFiles {
  let count = 0;
  const refuse = (reason: string): never => {
    throw new RangeError(reason);
  };
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        count += 1;
        if (count > mostFiles) refuse(`more than ${mostFiles} files`);
        if (originalSize > largestFile) refuse(`${name} has more than ${largestFile} bytes`);
        return true;
      },
    });
  } catch (error) {
    throw error instanceof RangeError ? error : new Error('not a zip file');
  }
}
