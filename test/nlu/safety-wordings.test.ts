import type { Crisis } from '../../src/nlu/understanding';
import { openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

/** `!` in front: any kind of crisis will do. */
const danger: Record<Crisis, string> = {
  suicide: `j'en peux plus de vivre|je n'en peux plus de cette vie|je ne veux plus être là|je veux plus me réveiller|j'ai envie de me foutre en l'air
je veux que tout s'arrête|je vais me jeter par la fenêtre|à quoi bon vivre|ma vie n'a plus de sens|je pense au suicide|j'ai pensé à me tuer
je vais faire une bêtise|la vie ne vaut plus la peine|je préférerais être mort|tout le monde serait mieux sans moi|je vais mettre fin à mes jours
je ne veux plus exister|plus rien ne me retient en vie|I don't want to live anymore|I can't go on anymore|I want to end my life
I feel like ending everything|I wish I was never born|I have no reason to live|I want to disappear forever|I am thinking of ending it
I don't want to wake up anymore|everyone would be better off if I was gone|I can't do this anymore, I want to die|I have suicidal thoughts
no quiero seguir viviendo|ich will nicht mehr leben|não quero mais viver|больше не хочу жить|我想死|yaşamak istemiyorum|nu mai vreau sa traiesc`,
  emergency: `I took too many pills|j'ai avalé des médicaments|j'ai pris trop de comprimés|j'ai pris trop de médicaments|il a avalé toute la boîte de cachets
ma fille a fait un malaise elle répond plus|my baby has a fever of 41 and is shaking|mon bébé a 41 de fièvre|ma femme vient de faire un malaise
mon père ne répond plus, il est par terre|elle ne bouge plus|il est tombé et ne se réveille pas|mon fils fait une crise d'épilepsie|mon fils convulse
mon mari a du mal à parler et son bras est paralysé|il n'arrive plus à parler, sa bouche est tordue|ma fille a bu de l'eau de javel
mon bébé est tout bleu|mon bébé respire mal|j'ai une grosse douleur dans la poitrine|ça saigne beaucoup et ça n'arrête pas|je perds beaucoup de sang
il a fait une overdose|mon fils a mangé des champignons toxiques|ma mère a perdu connaissance|je n'arrive plus à respirer|je vais m'évanouir
she fainted and is not responding|my father collapsed and won't wake up|my daughter is having a seizure|he can't move his left arm and his speech is slurred
my husband is not breathing|she is bleeding heavily|I swallowed too much paracetamol|my child drank bleach|my baby is turning blue
my son has a high fever and is shaking|my son is having convulsions|he took an overdose|he is unresponsive|she has severe chest pain
I took an overdose of tablets|my toddler ate my pills|mein Baby hat 41 Fieber|mi hijo no respira|el bebé tiene convulsiones|minha filha desmaiou
он потерял сознание|她昏迷了|bebeğim nefes almıyor|ha perso conoscenza|fata mea a lesinat|дитина не дихає|فقد الوعي
he tomado demasiadas pastillas|ich habe zu viele tabletten genommen|tomei muitos comprimidos|ho preso troppe pillole|я выпил слишком много таблеток|吃了太多药`,
  violence: `mon mari me bat|il me frappe tous les jours|mon ex me menace de mort|je suis battue par mon mari|il m'étrangle|j'ai été violée
mon conjoint m'a frappée hier|il menace de me tuer|mon patron me séquestre|mon père me tape dessus|my husband hits me|he beat me up
my boyfriend threatened me with a knife|he threatens to kill me|I was raped|my ex wants to kill me|my partner is abusive|he is hurting me
mi marido me amenaza|mein mann schlägt mich|mio marito mi picchia|муж меня бьет|我老公打我|kocam beni dövüyor`,
};

const calm = `je meurs de rire|mort de fatigue|this paperwork is killing me|urgent|c'est urgent svp|ma femme est morte l'an dernier|mon père est mort le mois dernier
la fièvre est-elle remboursée|mon bébé a de la fièvre, la consultation est-elle remboursée ?|fièvre jaune vaccin remboursé|le vaccin contre la fièvre jaune est-il pris en charge
le site fait un malaise|malaise social|malaise à la préfecture|il y a un malaise avec mon dossier|malaise vagal remboursement|j'en peux plus de ce dossier
j'en peux plus de la cpam|j'en peux plus d'attendre|la cpam ne répond plus|le 3646 ne répond pas|mon employeur ne répond plus|personne ne répond
elle ne répond pas à mes mails|je ne respire plus avec toutes ces démarches|j'ai pris trop de retard|j'ai pris trop de temps|j'ai pris des médicaments, sont-ils remboursés ?
les médicaments sont-ils remboursés|je prends des médicaments tous les jours|combien coûtent les comprimés|mes cachets de la pharmacie|je vais mourir d'ennui
l'attente est mortelle|crise de nerfs avec ce site|ce formulaire me tue|je suis mort de trouille|aide médicale urgente qui paie|frais d'ambulance remboursés
dois-je payer l'ambulance|les urgences sont-elles gratuites|qui paie les pompiers|suivi psychologique remboursé|arrêt cardiaque du site web|mon numéro ne marche plus
mon dossier ne bouge plus|ma demande ne bouge plus|mon traitement pour l'épilepsie est-il remboursé|j'ai l'épilepsie, ai-je droit à l'ALD|je veux en finir avec ce dossier
je veux en finir avec ces papiers|à quoi bon attendre|faire une bêtise dans le formulaire|j'ai fait une bêtise dans mon dossier|je vis en France|je veux vivre en France
je ne veux plus vivre en France|envie de vivre à Paris|ma vie en France|j'ai perdu ma carte|on m'a pris mon passeport à la préfecture|je me bats contre l'administration
I took too many days off|I took too many photos for the application|is fever covered|my baby has a fever, is the doctor covered|are pills covered|I take pills every day
is the pill reimbursed|the website is not responding|my employer is not responding|nobody responds|the office doesn't respond to me|I am dead tired
dying to know|dying of boredom|I'm bleeding money|this wait will be the death of me|deadline|I want to end my contract|I want to end my coverage
I can't go on the website anymore|I don't want to live in France anymore|I want to live in France|my husband passed away|my mother died in 2023|heart attack treatment covered?
I had a stroke in 2019|chest x-ray covered?|is an ambulance covered|who pays for the ambulance|is emergency care free|emergency contact number
shaking my head at this form|my application collapsed|he is not moving to France|she is not moving with me|my file is not moving|I can't move to France yet
is epilepsy covered|seizure medication reimbursed|the portal had a seizure|he hit a wall with the CPAM|my boss is hurting my application|this hurts|overdose of paperwork
I have too many papers|wake up call|I can't breathe with all this paperwork lol`;

const split = (list: string): string[] => list.split(/[|\n]/).filter((text) => text !== '');

describe.each(Object.entries(danger) as [Crisis, string][])('somebody in danger: %s', (kind, list) => {
  test.each(split(list))('%s', (text) => {
    const { crisis } = says(text);
    // Pills taken may be either: both answers give the emergency numbers.
    if (kind === 'emergency' && /pills|tablets|paracetamol|médicaments|comprimés|pastillas/.test(text))
      expect(['emergency', 'suicide']).toContain(crisis);
    else expect(crisis).toBe(kind);
  });
});

describe('nobody in danger', () => {
  test.each(split(calm))('%s', (text) => {
    expect(says(text).crisis).toBeNull();
  });
});
