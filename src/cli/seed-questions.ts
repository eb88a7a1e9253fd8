import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { openConversation } from '../conversation/open';
import type { Outlet } from '../conversation/ports';
import type { Reply } from '../conversation/reply';
import { readYaml } from '../library/read-files';
import { createMemoryStore } from '../storage/memory';
import { quietLogger, quietMetrics } from './quiet';

const folder = 'content/seed-questions';
/** Languages whose answers are written out in full, to be judged sentence by sentence. */
const judged = ['fr', 'en'];
/** Stands among the topics where a person may be offered instead. */
const person = 'person';
const silent: Outlet = { record: () => ({ log: [], outbox: [] }), delivered() {} };

/** Where one question landed: answered with a topic, the topic among the buttons, a person offered, or none of these. */
export type Landing = {
  id: string;
  language: string;
  asked: string;
  as: 'answered' | 'button' | 'person' | 'missed';
  reply: Reply;
};

/** Asks the bot every seed question in every live language, each in a conversation of its own. */
export async function askSeedQuestions(root: string): Promise<Landing[]> {
  const clock = { now: () => new Date() };
  const conversation = await openConversation({
    store: createMemoryStore(),
    clock,
    logger: quietLogger,
    metrics: quietMetrics,
  });
  const topics = readYaml(root, `${folder}/topics.yaml`, z.record(z.string(), z.array(z.string()).min(1)));
  const landings: Landing[] = [];
  for (const { code, live } of conversation.library.languages) {
    if (!live) continue;
    const questions = readYaml(root, `${folder}/${code}.yaml`, z.record(z.string(), z.string().min(5)));
    for (const [id, right] of Object.entries(topics)) {
      const asked = questions[id];
      if (asked === undefined) throw new Error(`${folder}/${code}.yaml: no question ${id}`);
      const reply = await conversation.takeTurn(
        {
          conversationId: randomUUID(),
          activityId: id,
          channel: 'console',
          from: 'person',
          kind: 'message',
          text: asked,
        },
        silent,
      );
      landings.push({ id, language: code, asked, as: landingOf(reply, right), reply });
    }
  }
  return landings;
}

function landingOf({ status, articles, bubbles, ...reply }: Reply, right: readonly string[]): Landing['as'] {
  const onCards = bubbles.flatMap(({ card }) => card?.sections.flatMap((section) => section.choices ?? []) ?? []);
  const choices = [...reply.choices, ...onCards];
  if (articles.some((topic) => right.includes(topic))) return 'answered';
  if (choices.some(({ value }) => value.startsWith('ask=') && right.includes(value.slice(4)))) return 'button';
  const sentOn = status === 'refused-near' && right.some((topic) => topic.startsWith('near-'));
  return sentOn || (right.includes(person) && /^(handoff|refused-near)/.test(status)) ? 'person' : 'missed';
}

const marks: Record<Landing['as'], string> = { answered: '●', button: '○', person: '☎', missed: '–' };

/** The page docs/seed-questions.md. */
export function seedQuestionPage(landings: readonly Landing[], day: string): string {
  const languages = [...new Set(landings.map(({ language }) => language))];
  const ids = [...new Set(landings.map(({ id }) => id))];
  const at = (id: string, language: string) =>
    landings.find((landing) => landing.id === id && landing.language === language) as Landing;
  const rows = ids.map((id) => `| ${id} | ${languages.map((language) => marks[at(id, language).as]).join(' | ')} |`);
  const counts = languages.map((language) => {
    const own = landings.filter((landing) => landing.language === language);
    return `${own.filter(({ as }) => as !== 'missed').length}/${own.length}`;
  });
  const answers = ids.flatMap((id) => [
    `### ${id}`,
    '',
    ...judged.flatMap((language) => {
      const { asked, reply } = at(id, language);
      return [`**${asked}**`, '', ...quoted(reply), ''];
    }),
  ]);
  return [
    '# The questions this project began with, asked of the bot',
    '',
    `Written by \`npm run content -- --seeds\` on ${day} from the running bot. ${marks.answered} answered, ${marks.button} among the buttons,`,
    `${marks.person} sent on or a person offered, ${marks.missed} missed. The topics that answer each question stand in \`${folder}/topics.yaml\`.`,
    '',
    `| | ${languages.join(' | ')} |`,
    `| - |${languages.map(() => ' - |').join('')}`,
    ...rows,
    `| landed | ${counts.join(' | ')} |`,
    '',
    '## The answers in French and English',
    '',
    ...answers,
  ].join('\n');
}

/** First bubbles of a reply as a quotation, then its buttons that lead to articles. */
function quoted({ bubbles, choices }: Reply): string[] {
  const lines = bubbles.flatMap(({ text, card }) => (text || card?.title || '').split('\n'));
  const buttons = choices.filter(({ value }) => value.startsWith('ask=')).map(({ title }) => `[${title}]`);
  return [...lines, ...(buttons.length > 0 ? [buttons.join(' ')] : [])].map((line) => `> ${line}`.trimEnd());
}

/** Where the page is written. */
export const seedQuestionFile = (root: string): string => join(root, 'docs', 'seed-questions.md');
