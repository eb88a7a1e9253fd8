import { currentPerson } from '../../dialogs/context';
import { pendingSlot } from '../../dialogs/prompts';
import { decideFor } from '../../dialogs/verdict';
import { journeyOf, passes, timelineOf } from '../domain/journey';
import { linesInText } from './phone-lines';
import type { Scene } from './scene';

/**
 * Where the file stands, what usually comes next and when, when and how to chase, and both lines. A verdict that brings no
 * French number has its own lines instead.
 */
export function journeyText(scene: Scene): string {
  const { t, snapshot, words, language, library, today } = scene;
  const { profile } = currentPerson(snapshot.context);
  const { rulebook } = library;
  const journey = journeyOf(profile, rulebook, today);
  const outcome = decideFor(snapshot.context, rulebook, today).outcome?.id;
  const day = (iso: string) => words.date(language, iso);
  const next = (stage?: string) =>
    outcome ? timelineOf(rulebook, outcome, stage).map((text) => t(`journey:${text}`)) : [];
  const closing = () => {
    const pending = pendingSlot(snapshot);
    return [
      t('common:linesAlone', linesInText(library, language, t)),
      ...(pending ? [t(`questions:${pending}.ask`)] : []),
    ];
  };
  if (outcome && !passes(rulebook, outcome, journey.stage)) return [...next(), ...closing()].join('\n\n');
  const ownNext = journey.stage === 'preparing' ? next('preparing') : [];
  const texts = [
    t(`journey:${journey.stage}.now`),
    ...(ownNext.length > 0 ? ownNext : [t(`journey:${journey.stage}.next`)]),
  ];
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
  texts.push(t(`journey:${journey.stage}.chase`), ...closing());
  return texts.join('\n\n');
}
