import { currentPerson } from '../../dialogs/context';
import { subjectProfile } from '../../dialogs/verdict';
import { type Consequences, consequencesOf, tellingOutcomes } from '../domain/consequences';
import type { OutcomeId } from '../domain/ids';
import type { Outcome } from '../domain/outcome';
import type { Slot } from '../domain/profile';
import { type WhatIf, whatIf } from '../domain/what-if';
import type { Words } from '../library/i18n';
import { slotLabel, valueLabel } from './render-question';
import type { Scene } from './scene';

/** At most so many outcomes are named when somebody asks why. */
const mostNamed = 4;
/** "I don't know" names where it leads only when that is nearly decided. */
const mostAfterUnknown = 2;

const titles = ({ t, words, language, forOther }: Scene, outcomes: OutcomeId[]): string => {
  const title = (id: OutcomeId) => {
    const other = `outcomes:${id}.titleOther`;
    return t(forOther && words.has(language, other) ? other : `outcomes:${id}.title`);
  };
  return words.list(
    language,
    outcomes.map((id) => t('common:quoted', { text: title(id) })),
  );
};

function unknownText(scene: Scene, slot: Slot, { unknown, countsAs }: Consequences): string {
  const { t, words, language } = scene;
  const choice = `questions:${slot}.choices.${String(countsAs)}`;
  const first =
    countsAs === undefined
      ? t('common:ifUnknown', { means: t(`questions:${slot}.dontKnowMeans`) })
      : t('common:ifUnknownAs', {
          value: words.has(language, choice) ? t(choice) : valueLabel(scene, slot, countsAs),
        });
  const leads = unknown.length > 0 && unknown.length <= mostAfterUnknown;
  return leads ? `${first} ${t('common:ifUnknownLeads', { list: titles(scene, unknown) })}` : first;
}

/** Why a question is put: what it is for, the outcomes that hang on the answer now, and what "I don't know" does. */
export function reasonText(scene: Scene, slot: Slot): string {
  const { t, snapshot, library, today } = scene;
  const person = currentPerson(snapshot.context);
  const consequences = consequencesOf(subjectProfile(person), slot, library.rulebook, today);
  const named = tellingOutcomes(consequences, mostNamed);
  const texts = [t('common:why', { why: t(`questions:${slot}.why`) })];
  if (named.length > 0) texts.push(t('common:whyOutcomes', { list: titles(scene, named) }));
  else if (consequences.answers.length > 0) texts.push(t('common:whyDetails'));
  return [...texts, unknownText(scene, slot, consequences)].join('\n\n');
}

const sentences = new WeakMap<Words, Map<string, string>>();

/** One sentence of "what would change it"; there are few, and each is made once. */
function whatIfSentence(scene: Scene, flip: WhatIf): string {
  const { language, forOther, words } = scene;
  const made = sentences.get(words) ?? new Map<string, string>();
  sentences.set(words, made);
  const key = [language, forOther, flip.slot, flip.value, flip.basis, flip.waits].join();
  const sentence = made.get(key) ?? makeSentence(scene, flip);
  made.set(key, sentence);
  return sentence;
}

function makeSentence(scene: Scene, { slot, value, basis, waits }: WhatIf): string {
  const { t, words, language, forOther } = scene;
  const own = `outcomes:whatIf.${slot}.${String(value)}`;
  const key = words.has(language, own) ? own : `outcomes:whatIf.${slot}.any`;
  const facing = forOther && words.has(language, `${key}Other`) ? `${key}Other` : key;
  const params = { label: slotLabel(scene, slot), value: valueLabel(scene, slot, value) };
  const change = t(words.has(language, facing) ? facing : 'outcomes:whatIf.any', params);
  return t(waits ? 'outcomes:whatIf.lineWaits' : 'outcomes:whatIf.line', {
    change,
    basis: t(`outcomes:basis.${basis}`),
  });
}

/** What would change the outcome, one sentence for each fact that could be otherwise. */
export function whatIfTexts(scene: Scene, outcome: Outcome): string[] {
  const { snapshot, library, today } = scene;
  const profile = subjectProfile(currentPerson(snapshot.context));
  return whatIf(profile, outcome, library.rulebook, today).map((flip) => whatIfSentence(scene, flip));
}
