import { openSays, type Says } from './support';

/** The wish for a reminder, in every language: with a length of time, for the end of the wait, and taken back by the word that is told. */
const said: Record<string, { inWeeks: string[]; whenOver: string[]; cancel: string[] }> = {
  fr: {
    inWeeks: ['rappelez-moi dans 8 semaines', 'demande-moi dans huit semaines si mon numéro est arrivé'],
    whenOver: ['préviens-moi quand mes trois mois seront finis', 'dites-moi quand mes 3 mois seront passés'],
    cancel: ['annuler', 'annulez le rappel'],
  },
  en: {
    inWeeks: ['remind me in 8 weeks', 'ask me in eight weeks whether my number came'],
    whenOver: ['tell me when my three months are over', 'remind me when my wait is over'],
    cancel: ['cancel', "please don't remind me"],
  },
  es: {
    inWeeks: ['avíseme en 8 semanas', 'pregúntame dentro de ocho semanas si llegó mi número'],
    whenOver: ['dígame cuando mis tres meses hayan pasado', 'avísame cuando pasen mis tres meses'],
    cancel: ['cancelar', 'cancela el recordatorio'],
  },
  pt: {
    inWeeks: ['avise-me daqui a 8 semanas', 'pergunte-me daqui a oito semanas se o meu número chegou'],
    whenOver: ['diga-me quando os meus três meses tiverem passado', 'avisa-me quando os meus três meses passarem'],
    cancel: ['cancelar', 'cancele o lembrete'],
  },
  it: {
    inWeeks: ['mi avvisi tra 8 settimane', 'chiedimi tra otto settimane se è arrivato il mio numero'],
    whenOver: ['mi dica quando i miei tre mesi saranno finiti', 'avvisami quando sono passati i miei tre mesi'],
    cancel: ['disdici', 'annulla il promemoria'],
  },
  de: {
    inWeeks: ['erinnern Sie mich in 8 Wochen', 'frag mich in acht Wochen, ob meine Nummer gekommen ist'],
    whenOver: [
      'sagen Sie mir Bescheid, wenn meine drei Monate vorbei sind',
      'erinnere mich, wenn meine drei Monate um sind',
    ],
    cancel: ['abbestellen', 'Erinnerung löschen'],
  },
  ro: {
    inWeeks: ['anunțați-mă peste 8 săptămâni', 'întreabă-mă peste opt săptămâni dacă a venit numărul'],
    whenOver: ['spuneți-mi când trec cele trei luni', 'anunță-mă când se termină cele trei luni'],
    cancel: ['renunț', 'anulați mementoul'],
  },
  ru: {
    inWeeks: ['напомните мне через 8 недель', 'спросите меня через восемь недель, пришёл ли номер'],
    whenOver: ['скажите, когда пройдут мои три месяца', 'напомни, когда мои три месяца закончатся'],
    cancel: ['отбой', 'отмените напоминание'],
  },
  uk: {
    inWeeks: ['нагадайте мені через 8 тижнів', 'запитайте мене через вісім тижнів, чи прийшов номер'],
    whenOver: ['скажіть, коли минуть мої три місяці', 'нагадай, коли мої три місяці закінчаться'],
    cancel: ['відбій', 'скасуйте нагадування'],
  },
  tr: {
    inWeeks: ['8 hafta sonra hatırlat', 'sekiz hafta sonra numaramın gelip gelmediğini sor'],
    whenOver: ['üç ayım dolunca haber ver', 'üç ay bitince bana hatırlatın'],
    cancel: ['iptal', 'hatırlatmayı iptal et'],
  },
  zh: {
    inWeeks: ['8周后提醒我', '八个星期后问我号码到了没有'],
    whenOver: ['我的三个月满了请告诉我', '三个月到期时提醒我'],
    cancel: ['取消', '取消提醒'],
  },
  ar: {
    inWeeks: ['ذكّرني بعد 8 أسابيع', 'اسألني بعد ثمانية أسابيع هل وصل رقمي'],
    whenOver: ['أخبرني عندما تنتهي أشهري الثلاثة', 'ذكّرني عندما تنقضي الأشهر الثلاثة'],
    cancel: ['إلغاء', 'ألغِ التذكير'],
  },
};
const today = '2026-02-10';
const rows = <Key extends 'inWeeks' | 'whenOver' | 'cancel'>(key: Key): [string, string][] =>
  Object.entries(said).flatMap(([language, texts]) => texts[key].map((text): [string, string] => [language, text]));

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
}, 60_000);
const read = (language: string, text: string) => says(text, { language, today });

test.each(rows('inWeeks'))('%s: "%s" is a wish for a reminder in eight weeks, and no fact', (language, text) => {
  const { command, remindOn, answers, question } = read(language, text);
  expect({ command, remindOn, answers, question }).toEqual({
    command: 'remind',
    remindOn: '2026-04-07',
    answers: {},
    question: { policy: 'none', topics: [] },
  });
});

test.each(rows('whenOver'))('%s: "%s" is a wish without a day, and three months are no fact', (language, text) => {
  const { command, remindOn, answers } = read(language, text);
  expect({ command, remindOn, answers }).toEqual({ command: 'remind', remindOn: undefined, answers: {} });
});

test.each(rows('cancel'))('%s: "%s" takes it back', (language, text) => {
  expect(read(language, text).command).toBe('unremind');
});

test.each([
  ['en', 'remind me on 3 May', '2026-05-03'],
  ['fr', 'rappelez-moi le 3 mai', '2026-05-03'],
  ['de', 'erinnern Sie mich am 3. Mai', '2026-05-03'],
  ['en', 'remind me in two months', '2026-04-10'],
  ['ru', 'напомните через месяц', '2026-03-10'],
])('%s: "%s" names the day', (language, text, day) => {
  expect(read(language, text).remindOn).toBe(day);
});

test.each([
  ['fr', "j'ai reçu un rappel de la CPAM, que faire ?"],
  ['fr', 'rappelez-moi les documents'],
  ['en', 'remind me what documents I need'],
  ['de', 'ich erinnere mich nicht an das Datum'],
  ['en', 'can you tell me when I get my number?'],
  ['es', 'recuérdame mi lista'],
  ['it', 'non mi ricordo'],
])('%s: "%s" is none', (language, text) => {
  expect(read(language, text).command).not.toBe('remind');
});

test('facts told beside the wish stand', () => {
  const { answers, remindOn } = read('en', 'I sent my file yesterday, ask me in eight weeks whether my number came');
  expect(answers.stage).toBe('sent');
  expect(remindOn).toBe('2026-04-07');
});
