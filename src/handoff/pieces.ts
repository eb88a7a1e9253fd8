import { cannedIds, type SentPiece } from '../../dialogs/events';
import { decideFor } from '../../dialogs/verdict';
import type { Scene } from '../conversation/scene';
import { documentIds } from '../domain/ids';
import { type Slot, slots } from '../domain/profile';
import { fallbackLanguage, type Words } from '../library/i18n';
import type { Library } from '../library/library';
import { isRedirectId } from '../nlu/find-articles';
import type { RoomDeps } from './room';

/** Something ready to be sent, in the adviser's language. */
export type Piece = { kind: SentPiece['kind'] | 'outcome'; id: string; title: string; text: string };

/** Most pieces of one search. */
const most = 20;

/** A text as it is compared: small letters without accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function allPieces(library: Library, words: Words, language: string): Piece[] {
  const t = words.in(language);
  const articles = Object.values(library.articles).flatMap(({ id, texts }): Piece[] => {
    const text = texts[language] ?? texts[fallbackLanguage];
    return text ? [{ kind: 'article', id, title: text.title, text: text.short }] : [];
  });
  return [
    ...cannedIds.map((id): Piece => {
      const text = t(`handoff:canned.${id}`);
      return { kind: 'canned', id, title: text.split(/(?<=[.?!])\s/)[0] ?? text, text };
    }),
    ...articles,
    ...documentIds.map((id): Piece => {
      return { kind: 'document', id, title: t(`documents:${id}.name`), text: t(`documents:${id}.detail`) };
    }),
    ...slots.map((slot): Piece => {
      return { kind: 'question', id: slot, title: t(`questions:${slot}.label`), text: t(`questions:${slot}.ask`) };
    }),
  ];
}

const made = new WeakMap<Library, Map<string, { piece: Piece; title: string; text: string }[]>>();

function searchable(library: Library, words: Words, language: string) {
  const languages = made.get(library) ?? new Map<string, { piece: Piece; title: string; text: string }[]>();
  made.set(library, languages);
  const known =
    languages.get(language) ??
    allPieces(library, words, language).map((piece) => ({
      piece,
      title: plain(`${piece.title} ${piece.id}`),
      text: plain(piece.text),
    }));
  languages.set(language, known);
  return known;
}

/** Pieces that fit a query in the adviser's language: words of the title first, then of the text, then what the query may mean. */
export function searchPieces({ library, words, understand }: RoomDeps, query: string, language: string, today: string) {
  const all = searchable(library, words, language);
  const wanted = plain(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (wanted.length === 0) return all.slice(0, most).map(({ piece }) => piece);
  const { ranked } = understand(query, { language, today, asked: null, offered: [], profile: {}, topic: null });
  const meant = new Map(
    ranked.filter(({ topic }) => !isRedirectId(topic)).map(({ topic, probability }) => [topic, probability]),
  );
  const scored = all.flatMap(({ piece, title, text }) => {
    const inTitle = wanted.filter((word) => title.includes(word)).length;
    const inText = wanted.filter((word) => text.includes(word)).length;
    const words = (2 * inTitle + inText) / wanted.length;
    const probable = piece.kind === 'article' ? (meant.get(piece.id) ?? 0) : 0;
    const complete = wanted.every((word) => title.includes(word) || text.includes(word));
    return complete || probable > 0.2 ? [{ piece, score: words + probable * 2 }] : [];
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ piece }) => piece);
}

/** What an adviser may want to send at once: ready sentences, and the articles of the verdict. */
export function suggestedPieces({ library, words }: RoomDeps, scene: Scene): Piece[] {
  const { outcome } = decideFor(scene.snapshot.context, library.rulebook, scene.today);
  const all = searchable(library, words, scene.language).map(({ piece }) => piece);
  const verdict: Piece[] = outcome
    ? [{ kind: 'outcome', id: outcome.id, title: scene.t(`outcomes:${outcome.id}.title`), text: '' }]
    : [];
  const articles = all.filter(({ kind, id }) => kind === 'article' && outcome?.articles.includes(id));
  return [...verdict, ...all.filter(({ kind }) => kind === 'canned'), ...articles];
}

/** The piece behind what a console sends; null when there is none. */
export function readPiece(library: Library, kind: string, id: string): SentPiece | { kind: 'outcome' } | null {
  if (kind === 'outcome') return { kind };
  if (kind === 'article') return Object.hasOwn(library.articles, id) ? { kind, id } : null;
  const canned = cannedIds.find((one) => one === id);
  if (kind === 'canned') return canned ? { kind, id: canned } : null;
  const document = documentIds.find((one) => one === id);
  if (kind === 'document') return document ? { kind, id: document } : null;
  const slot = slots.find((one): one is Slot => one === id);
  return kind === 'question' && slot ? { kind, id: slot } : null;
}
