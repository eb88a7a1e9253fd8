/** Something wrong with a package or a card: in which file, where in it (empty: the file as a whole), and why. */
export type Finding = { file: string; path: string; reason: string };

/** A finding as one line. */
export const findingLine = ({ file, path, reason }: Finding): string =>
  `${file}: ${path === '' ? '' : `${path}: `}${reason}`;
