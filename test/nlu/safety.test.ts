import type { Crisis } from '../../src/nlu/understanding';
import { openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('somebody in danger', () => {
  test.each<[Crisis, string]>([
    ['suicide', 'je veux mourir'],
    ['suicide', "j'ai plus envie de vivre"],
    ['suicide', 'je vais me suicider'],
    ['suicide', "j'ai pensé à en finir avec la vie"],
    ['suicide', 'I want to kill myself'],
    ['suicide', "there's no point in living anymore"],
    ['suicide', 'everyone would be better off without me'],
    ['suicide', "i don't want to be alive"],
    ['suicide', 'quiero morir'],
    ['suicide', 'хочу умереть'],
    ['suicide', '我不想活了'],
    ['suicide', 'ölmek istiyorum'],
    ['emergency', 'ma mère a très mal à la poitrine'],
    ['emergency', "mon bébé n'arrive plus à respirer"],
    ['emergency', 'il a perdu connaissance'],
    ['emergency', 'je fais un AVC je crois'],
    ['emergency', 'elle saigne beaucoup et elle est enceinte'],
    ['emergency', 'my dad has chest pain right now'],
    ['emergency', "she can't breathe"],
    ['emergency', 'he is unconscious'],
    ['emergency', 'my son swallowed bleach'],
    ['emergency', 'no puedo respirar'],
    ['emergency', 'mi fa male il petto, dolore al petto'],
    ['emergency', 'er atmet nicht'],
    ['violence', 'mon mari me frappe'],
    ['violence', 'il a menacé de me tuer'],
    ['violence', "j'ai peur de mon conjoint il est violent"],
    ['violence', 'my husband beats me'],
    ['violence', 'he took my passport and locks me in the flat'],
    ['violence', 'I am scared of my boyfriend'],
    ['violence', 'mi marido me pega'],
    ['violence', 'زوجي يضربني'],
  ])('%s: %s', (kind, text) => {
    for (const language of ['fr', 'en']) {
      const understood = says(text, { language });
      expect(understood.crisis).toBe(kind);
      expect(understood.question.policy).toBe('none');
      expect(understood.command).toBeNull();
    }
  });
});

describe('words that only sound like it', () => {
  test.each([
    "c'est urgent, il me faut mon numéro",
    'mort de rire',
    'je suis morte de fatigue avec ces papiers',
    'je meurs de faim lol',
    'mon mari est mort en mars, et son S1 ?',
    'la mort de mon mari change-t-elle mes droits',
    'cette attente me tue',
    'visa emergency appointment',
    'dying to get my card',
    'this paperwork is killing me',
    'my phone is dead, new number',
    'my husband died last year',
    'the website collapsed',
    'my card is dead',
    'ma carte est morte',
    'je frappe à toutes les portes',
    "j'ai eu un infarctus il y a deux ans, suis-je en ALD",
    'remboursement après un AVC',
    'is treatment for asthma covered',
    'I had a stroke two years ago, is it covered',
    'urgences hospitalières, qui paie',
    'emergency care without a number',
    'locked out of my ameli account',
    'they kept my passport at the prefecture',
    'the prefecture took my passport',
    'je me bats contre la cpam',
    'faute de frappe dans mon nom',
    'hit me with a 500 euro bill',
    "qu'est-ce qu'une urgence",
    'assurance décès',
    "l'appli ne répond plus",
    'je tape 2 et ça coupe',
    'pain in the neck this form',
    'I do not want to live in Paris',
  ])('%s', (text) => {
    expect(says(text).crisis).toBeNull();
  });
});
