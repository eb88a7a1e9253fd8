import { matchLocale } from '../../conversation/match-locale';
import type { HttpRequest } from '../../http';

/** Most languages of a browser that are looked at. */
const mostWanted = 20;

/** The offered language that a request asks for: `?lang=` first, then what the browser prefers; the first one when nothing fits. */
export function preferredLanguage(
  { query, headers }: Pick<HttpRequest, 'query' | 'headers'>,
  offered: string[],
): string {
  const wanted = (headers['accept-language'] ?? '')
    .split(',', mostWanted)
    .map((part) => {
      const [tag = '', q] = part.split(';').map((piece) => piece.trim());
      return { tag, weight: q?.startsWith('q=') ? Number(q.slice(2)) || 0 : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
  for (const tag of [query.get('lang') ?? '', ...wanted]) {
    const found = matchLocale(tag.slice(0, 35), offered);
    if (found) return found;
  }
  return offered[0] ?? '';
}
