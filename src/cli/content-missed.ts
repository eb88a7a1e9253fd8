import { readConfig } from '../config';
import type { MissedQuestion } from '../conversation/operator-ports';
import { openLibrary } from '../library/compile';
import { openUnderstanding } from '../nlu/open-understanding';
import { openStore } from '../storage/open-store';
import { quietLogger } from './quiet';

/** Fewest questions that are shown together: more than one conversation can have left (`mostQuestions` in dialogs/). */
const fewestTogether = 5;

/** Questions of one language whose nearest article is the same; null = near to none. */
export type MissedGroup = { language: string; topic: string | null; questions: string[] };

/** Questions that belong together, the largest group first; small groups are left out, because they could be one person's. */
export function groupMissed(
  missed: MissedQuestion[],
  nearest: (question: MissedQuestion) => string | null,
): MissedGroup[] {
  const groups = new Map<string, MissedGroup>();
  for (const question of missed) {
    const { language, text } = question;
    const topic = nearest(question);
    const group = groups.get(`${language} ${topic}`) ?? { language, topic, questions: [] };
    group.questions.push(text);
    groups.set(`${language} ${topic}`, group);
  }
  return [...groups.values()]
    .filter(({ questions }) => questions.length >= fewestTogether)
    .sort((a, b) => b.questions.length - a.questions.length);
}

/** `npm run content -- --missed`: what people asked in vain, in groups of five or more, with what could be done. Changes nothing. */
export async function showMissed(_args: string[], output: { write(text: string): unknown }): Promise<number> {
  const store = await openStore(readConfig(process.env), quietLogger);
  const missed = await store.operator.missed().finally(() => store.close());
  const library = openLibrary();
  const { understand } = await openUnderstanding(library);
  const nearest = ({ text, language, day }: MissedQuestion): string | null => {
    const context = { language, today: day, asked: null, offered: [], profile: {}, topic: null };
    const topic = understand(text, context).ranked[0]?.topic ?? '';
    return Object.hasOwn(library.articles, topic) ? topic : null;
  };
  const groups = groupMissed(missed, nearest);
  for (const { language, topic, questions } of groups) {
    const proposal =
      topic === null
        ? 'near to no article: perhaps a new one, or a redirect (content/redirects)'
        : `perhaps phrasings of ${topic}, or an article beside it`;
    output.write(`${language}, ${questions.length} questions, ${proposal}\n`);
    for (const question of questions.toSorted()) output.write(`  ${question}\n`);
  }
  const shown = groups.reduce((sum, { questions }) => sum + questions.length, 0);
  output.write(
    `${shown} of ${missed.length} questions shown; the others stand in groups of fewer than ${fewestTogether}\n`,
  );
  return 0;
}
