import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Target } from './fuzz';
import { activity, pick, type Random, rawBytes, times } from './hostile';
import { residentBytes } from './sockets';
import { allWrong, type Course, type Suite } from './suite';

/** Length of a step, in seconds. */
const seconds = { full: 60, small: 5 };
/** People who write at once. */
const people = 8;
/** Steps before memory is compared: every language has been read then, and the caches have their size. */
const warmUp = 3;
/** How far memory may move from there, as a share. */
const flat = 0.1;

const locales = ['fr-FR', 'en', 'es', 'pt', 'ar', 'it', 'de', 'ro', 'ru', 'uk', 'tr', 'zh'];
const texts: Record<string, string[]> = {
  'fr-FR': ['je viens du Maroc et je travaille', 'c’est quoi un RIB ?', 'oui', 'combien de temps ça prend'],
  en: ['I am a student from India', 'how long does it take', 'yes', 'my wife is coming too'],
  ar: ['أنا طالب من تونس', 'كم يستغرق ذلك', 'نعم'],
  zh: ['我是学生', '需要多长时间', '是'],
};

/** One person: a page that is opened, a dozen messages, sometimes a lost connection, and gone again. */
async function visit(target: Target, random: Random, say: (status: number) => void): Promise<void> {
  const place = await target.open();
  const headers = { authorization: `Bearer ${place.token}` };
  const path = `/v3/directline/conversations/${place.conversationId}`;
  let socket = new WebSocket(place.streamUrl);
  socket.on('error', () => {});
  const locale = pick(random, locales);
  for (let count = 0; count < 12; count++) {
    const lines = texts[locale] ?? ['bonjour', 'hello', '2', '?'];
    say(await target.post(`${path}/activities`, { type: 'message', text: pick(random, lines), locale }, headers));
    if (random() < 0.1) {
      socket.terminate();
      const back = await target.product.call('GET', `${path}?watermark=0`, undefined, headers);
      socket = new WebSocket(back.body.streamUrl as string);
      socket.on('error', () => {});
    }
    if (random() < 0.2) {
      const made = activity(random, { conversation: `s${Math.floor(random() * 1e9)}`, serviceUrl: target.serviceUrl });
      say(await target.post('/api/messages', made));
    }
    if (random() < 0.2) for (const status of await target.raw(rawBytes(random).bytes, random)) say(status);
  }
  socket.close();
}

async function openSoak(size: 'full' | 'small'): Promise<Course> {
  const target = await Target.start();
  const pid = target.product.child.pid as number;
  return {
    async step(_, random) {
      const wrong = new Set<string>();
      const until = Date.now() + seconds[size] * 1000;
      let answers = 0;
      const memory: number[] = [];
      const say = (status: number) => {
        answers += 1;
        if (status >= 500) wrong.add(`answered ${status}`);
      };
      const person = async () => {
        while (Date.now() < until) await visit(target, random, say);
      };
      const watch = async () => {
        while (Date.now() < until) {
          memory.push(residentBytes(pid));
          await sleep(250);
        }
      };
      await Promise.all([watch(), ...times(people, person)]);
      if (target.product.gone) wrong.add('the process ended');
      memory.sort((a, b) => a - b);
      return { wrong: [...wrong], answers, memory: memory[Math.floor(memory.length / 2)] };
    },
    close: () => target.close(),
  };
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Memory neither grows nor shrinks while people come and go. */
export const soak: Suite = {
  what: '{steps} minutes of mixed load (both doors, sockets that break, broken requests)',
  steps: { full: 15, small: 4 },
  open: openSoak,
  judge: (reports) => {
    const memory = reports.map(({ memory }) => Number(memory));
    const early = median(memory.slice(warmUp, warmUp + 3));
    const late = median(memory.slice(-3));
    const moved = late / early - 1;
    const wrong = allWrong(reports);
    // Twenty seconds say nothing of growth: caches are still filling.
    if (reports.length > warmUp + 3 && Math.abs(moved) > flat)
      wrong.push(`memory moved by ${Math.round(moved * 100)} %`);
    const figures = memory.map((bytes) => Math.round(bytes / 1e6)).join(' ');
    const answers = reports.reduce((all, report) => all + Number(report.answers), 0);
    return {
      result: `${answers} answers; MB a minute: ${figures} (${(moved * 100).toFixed(1)} % after the first three)`,
      wrong,
    };
  },
};
