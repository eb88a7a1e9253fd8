import { currentPerson } from '../../dialogs/context';
import { pendingSlot } from '../../dialogs/prompts';
import { journeyOf } from '../domain/journey';
import { linesInText } from './phone-lines';
import type { Scene } from './scene';

/** Where the file stands, what usually comes next and when, when and how to chase, and both lines. */
export function journeyText(scene: Scene): string {
  const { t, snapshot, words, language, library, today } = scene;
  const { profile } = currentPerson(snapshot.context);
  const journey = journeyOf(profile, library.rulebook, today);
  const day = (iso: string) => words.date(language, iso);
  const texts = [t(`journey:${journey.stage}.now`), t(`journey:${journey.stage}.next`)];
  if (profile.sentOn && profile.sentOn !== 'unknown')
    texts.unshift(t('common:journey.sentOn', { date: day(profile.sentOn) }));
  if (journey.expected) {
    const { from, to } = journey.expected;
    texts.push(
      from ? t('common:journey.between', { from: day(from), to: day(to) }) : t('common:journey.until', { to: day(to) }),
    );
  }
  if (journey.chaseFrom) {
    texts.push(
      t(journey.late ? 'common:journey.chaseNow' : 'common:journey.chaseFrom', { date: day(journey.chaseFrom) }),
    );
  }
  texts.push(t(`journey:${journey.stage}.chase`), t('common:linesAlone', linesInText(library, language, t)));
  const pending = pendingSlot(snapshot);
  if (pending) texts.push(t(`questions:${pending}.ask`));
  return texts.join('\n\n');
}
