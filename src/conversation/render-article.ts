import { currentPerson } from '../../dialogs/context';
import { holds } from '../domain/evaluate';
import { fallbackLanguage } from '../library/i18n';
import type { Article } from '../library/library';
import { linesWithHours } from './phone-lines';
import { articleConflicts } from './render-conflicts';
import type { Bubble, Choice, Section } from './reply';
import type { Scene } from './scene';

const textOf = (article: Article, language: string) => article.texts[language] ?? article.texts[fallbackLanguage];

/** Title of an article in the person's language; null when there is no such article. */
export function articleTitle(scene: Scene, topic: string): string | null {
  const { articles } = scene.library;
  const article = Object.hasOwn(articles, topic) ? articles[topic] : undefined;
  return article ? (textOf(article, scene.language)?.title ?? null) : null;
}

/** What the button of an article says back. */
export const askFor = (topic: string): string => `ask=${topic}`;

/** Buttons for articles that exist. */
export function articleChoices(scene: Scene, topics: string[]): Choice[] {
  return topics.flatMap((topic) => {
    if (scene.off?.topic.has(topic)) return [];
    const title = articleTitle(scene, topic);
    return title ? [{ title, value: askFor(topic) }] : [];
  });
}

/** True when an answer should have been checked again by now. */
export const isDue = ({ library, today }: Scene, topic: string): boolean =>
  (library.articles[topic]?.checkAgainBy ?? today) < today;

/** "Useful?", one tap, until the person has said so of this article or result. */
export function usefulSection({ t, snapshot }: Scene, topic: string): Section[] {
  if (snapshot.context.rated.includes(topic)) return [];
  const choices = ['yes', 'no'].map((verdict) => ({
    title: t(`common:useful.${verdict}`),
    value: `useful=${verdict}:${topic}`,
  }));
  return [{ heading: t('common:useful.ask'), open: true, lines: [], choices }];
}

/** Buttons for other subjects that may have been meant. */
function insteadSection(scene: Scene, also: string[]): Section[] {
  const choices = articleChoices(scene, also);
  return choices.length > 0 ? [{ heading: scene.t('common:article.instead'), open: true, lines: [], choices }] : [];
}

/**
 * One answer: the direct answer first, then what to do, exceptions, and where it is written. `also` = subjects that may have been
 * meant instead. A text that the language lacks comes in the fallback language, and says so.
 */
export function articleBubble(scene: Scene, topic: string, also: string[] = []): Bubble | null {
  const { t, library, words, language, today } = scene;
  const article = library.articles[topic];
  const text = article && textOf(article, language);
  if (!article || !text) return null;
  if (scene.off?.topic.has(topic))
    return { text: `${t('privacy:off.topic')}\n\n${linesWithHours(library, language, t)}` };
  const { profile } = currentPerson(scene.snapshot.context);
  const variant = article.variants.find(({ when }) => holds(when, profile, library.rulebook, today));
  const section = (heading: string, open: boolean, lines: string[]): Section => ({
    heading,
    open,
    lines: lines.map((line) => ({ text: line })),
  });
  const checked = isDue(scene, topic)
    ? t('common:article.due', { date: words.date(language, article.checkAgainBy) })
    : t('common:article.checked', { date: words.date(language, article.checkedOn) });
  const written = article.sources.flatMap((id) => library.sources[id]?.name ?? []);
  const sources = [
    t(`outcomes:certainty.${article.certainty}`),
    ...written,
    checked,
    ...(article.reviewedBy ? [] : [t('common:article.unreviewed')]),
  ];
  const sections = [
    section(t('common:article.do'), true, text.do),
    section(t('common:article.except'), true, text.except),
    articleConflicts(scene, article),
    section(t('common:article.sources'), false, sources),
  ].filter(({ lines }) => lines.length > 0);
  const borrowed = article.texts[language] ? [] : [t('common:article.borrowed')];
  const short = variant ? `${text.short}\n\n${text.variants[variant.id] ?? ''}`.trim() : text.short;
  return {
    text: [...borrowed, short, [written[0], checked].filter(Boolean).join(' · ')].join('\n\n'),
    card: {
      kind: 'article',
      title: text.title,
      sections: [...sections, ...insteadSection(scene, also), ...usefulSection(scene, topic)],
    },
  };
}
