import { createDetector, withHysteresis } from '../../src/nlu/detect-language';
import { tokenise } from '../../src/nlu/normalise';
import { openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('the language of a message', () => {
  test.each([
    ['fr', "j'ai perdu mes papiers dans le train"],
    ['fr', 'ca fait 2 mois que jattend'],
    ['fr', 'cmt je fé pr la carte'],
    ['en', 'nobody answers my letters anymore'],
    ['en', 'my carte vitale never came'],
    ['en', 'does the attestation de droits expire'],
    ['es', 'llevo dos meses esperando la carte vitale'],
    ['es', '¿cuánto tarda el numero de securité sociale?'],
    ['pt', 'moro em Lyon há três meses e ainda não tenho número'],
    ['pt', 'preciso do rib para que?'],
    ['it', 'ho mandato tutto alla cpam e nessuno risponde'],
    ['it', 'devo tradurre il certificato di nascita?'],
    ['de', 'ich warte seit drei Monaten auf meine carte vitale'],
    ['de', 'brauche ich eine Übersetzung?'],
    ['ro', 'am trimis dosarul la cpam și nu am primit răspuns'],
    ['ro', 'lucrez in franta, cum obtin cardul'],
    ['tr', 'kartım hâlâ gelmedi ne yapmalıyım'],
    ['ru', 'сколько ждать карту после отправки документов'],
    ['ru', 'работаю в ресторане, нужен номер'],
    ['uk', 'скільки чекати на картку, я з Києва'],
    ['uk', 'чи потрібен переклад свідоцтва про народження'],
    ['ar', 'كيف أحصل على البطاقة الصحية في فرنسا'],
    ['zh', '我的社保卡什么时候寄到'],
    ['zh', 'cpam说我的材料不全怎么办'],
  ])('%s: %s', (language, text) => {
    expect(says(text).language.detected).toBe(language);
  });

  test('a language that is not live is reported, and English answers', async () => {
    const { says } = await openSays(['fr', 'en']);
    expect(says('llevo dos meses esperando la tarjeta').language).toMatchObject({ code: 'en', detected: 'es' });
  });

  test.each(['RIB', '42', 'S1106', 'ok 2', '?', 'carte vitale'])('"%s" does not change the language', (text) => {
    for (const language of ['fr', 'en'])
      expect(says(text, { language }).language).toMatchObject({ code: language, changed: false });
  });

  test('the locale of the channel decides when the message does not', () => {
    expect(says('RIB', { locale: 'en-GB' }).language.code).toBe('en');
    expect(says('RIB', { locale: 'fr-CA' }).language.code).toBe('fr');
    expect(says('RIB', { locale: 'ja-JP' }).language.code).toBe('fr');
  });

  test('a whole sentence in the other language changes it, one borrowed word does not', () => {
    expect(says('where do I send my application form', { language: 'fr' }).language).toMatchObject({
      code: 'en',
      changed: true,
    });
    expect(says('non', { language: 'en' }).language.changed).toBe(false);
    expect(says('student', { language: 'fr' }).language.changed).toBe(false);
  });

  test.each([
    ['fr', 'english please', 'en'],
    ['fr', 'in English', 'en'],
    ['fr', 'on peut continuer en anglais ?', 'en'],
    ['en', 'en français svp', 'fr'],
    ['en', 'can we switch to French', 'fr'],
    ['en', 'français', 'fr'],
  ])('in a conversation in %s, "%s" is an explicit wish for %s', (language, text, wished) => {
    expect(says(text, { language }).language).toMatchObject({ code: wished, explicit: true, changed: true });
  });

  test.each([
    ['fr', 'quel numéro pour les gens qui parlent mal français'],
    ['en', 'is the English birth certificate accepted'],
    ['en', 'do I need a French bank account'],
  ])('naming a language is not wishing for it (%s: %s)', (language, text) => {
    expect(says(text, { language }).language.explicit).toBe(false);
  });
});

test('knowing the current language saves work and never changes the choice', async () => {
  const { library } = await openSays();
  const { detect } = createDetector(library.lexicons);
  const texts = Object.values(library.articles).flatMap(({ texts }) =>
    Object.values(texts).flatMap(({ phrasings }) => phrasings.slice(0, 2)),
  );
  expect(texts.length).toBeGreaterThan(300);
  for (const text of texts) {
    const tokens = tokenise(text);
    const full = detect(text);
    for (const current of [null, 'fr', 'en', 'es', 'ru']) {
      const lead = tokens.length <= 2 && current !== null ? 1.6 : undefined;
      expect(withHysteresis(detect(text, tokens, current), current, lead)).toBe(withHysteresis(full, current, lead));
    }
  }
});
