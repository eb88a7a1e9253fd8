import { nationalityGroup } from '../domain/countries';
import { type Profile, parseSlotValue, type Slot, type SlotValue, slots } from '../domain/profile';
import { readAges } from './ages';
import type { Token } from './normalise';
import { readOrigins } from './origin';
import { answeringHits, answerPending } from './pending-answer';
import { attribute, type Owner, type People } from './people';
import type { Hit } from './phrases';
import { readTimes } from './residence';
import { readSlotHits, strongest } from './slot-hits';
import { statedHits } from './stated';
import type { UnderstandingContext } from './understanding';
import type { Words } from './words';

/** One message cut and searched in one language. */
export type Reading = { text: string; tokens: readonly Token[]; hits: readonly Hit[]; words: Words };

const workAbroad = new Set<SlotValue>(['frontier', 'posted', 'remoteForeignEmployer', 'retired']);
/** Permits that only people hold who are neither French nor EU citizens. */
const foreignPermits = new Set<SlotValue>([
  'residencePermit',
  'longStayVisa',
  'visitorVisa',
  'talent',
  'receipt',
  'expired',
  'workingHoliday',
]);
/** Protection that nobody with an EU passport has. */
const foreignProtection = new Set<SlotValue>(['asylumSeeker', 'protected', 'temporaryProtection']);
const workers = new Set<SlotValue>(['employee', 'selfEmployed', 'farm']);

/**
 * Facts that a message states about the person to be registered. A value that was not said is absent; facts about
 * anybody else are left out. `labels` are the button texts of the asked slot, by value.
 */
export function extractSlots(said: Reading, context: UnderstandingContext, labels: Record<string, string>): Profile {
  const { text, tokens, words } = said;
  const hits = statedHits(tokens, said.hits);
  const reading = { ...said, hits };
  const people = attribute(tokens, hits);
  const read = readSlotHits(text, tokens, hits, people.owners, words.reach);
  const origins = readOrigins(tokens, hits, people.owners, words.reach);

  const known = context.profile.subject;
  const about = known === undefined || known === 'unknown' ? 'self' : known;
  const isMine = (index: number): boolean => isOf(about, people.owners[index] ?? 'none');
  const pending = answerPending({ ...reading, hits: answeringHits(reading, context, isMine) }, context, labels);
  const subject = subjectOf(people, [...read, ...origins.nationalities], hits, context, asksAbout(text, people));
  const mine = (owner: Owner): boolean => isOf(subject, owner);

  const answers: Profile = {};
  const set = (slot: Slot, value: SlotValue | undefined) => {
    if (value !== undefined && parseSlotValue(slot, value) !== undefined)
      (answers as Record<string, SlotValue>)[slot] = value;
  };
  if (subject !== 'self' && subject !== known) set('subject', subject as SlotValue);

  for (const slot of slots) {
    if (slot === 'subject') continue;
    const ofSlot = read.filter((hit) => hit.slot === slot);
    // "My children" are the writer's children, whoever the words are about.
    const anybodys = slot === 'joining' || slot === 'relation' || (slot === 'children' && subject === 'self');
    const own = ofSlot.filter((hit) => anybodys || mine(hit.owner));
    if (own.length > 0)
      set(
        slot,
        strongest(
          slot,
          own.map((hit) => hit.value),
        ),
      );
  }
  // The helper works: whoever is joined is insured.
  if (subject !== 'self' && answers.joining === undefined) {
    const helper = read.find((hit) => hit.slot === 'activity' && hit.owner === 'self' && workers.has(hit.value));
    if (helper) set('joining', 'insuredWorker');
  }
  // The other way round: the writer's spouse works here.
  const work = read.filter((hit) => hit.slot === 'activity' && hit.owner === 'spouse').map((hit) => hit.value);
  if (subject === 'self' && answers.joining === undefined && work.length > 0 && work.every((at) => workers.has(at))) {
    set('joining', 'insuredWorker');
    set('relation', 'spouse');
  }
  const countries = [
    ...new Set(origins.nationalities.filter((origin) => mine(origin.owner)).map(({ code }) => code)),
  ].slice(0, 3);
  if (countries.length > 0) {
    set('country', countries);
    set('nationality', nationalityGroup(countries));
  }
  if (answers.activity !== undefined && workAbroad.has(answers.activity))
    set('workCountry', origins.elsewhere[0]?.code);
  if (
    answers.nationality === undefined &&
    context.profile.nationality === undefined &&
    (foreignPermits.has(answers.permit ?? '') || foreignProtection.has(answers.protection ?? '')) &&
    answers.ukWithdrawal === undefined &&
    !origins.elsewhere.some(({ code }) => code === 'GB')
  ) {
    set('nationality', 'other');
  }
  Object.assign(answers, readAges(tokens, hits, people.owners, mine));
  const askedTime = askedTimeSlot(context.asked);
  Object.assign(
    answers,
    readTimes({ text, tokens, hits, owners: people.owners, mine, words, today: context.today }, askedTime),
  );
  Object.assign(answers, pending);
  tidy(answers, context);
  return answers;
}

/** True when what is said of the owner is said of the subject: nobody named is whoever the talk is about. */
const isOf = (subject: Owner, owner: Owner): boolean =>
  owner === 'none' || owner === subject || (subject !== 'self' && owner === 'third');

/**
 * Whom the facts are about: said outright, a third person who is to come to the writer, or one of whom facts are told and whose case is asked; else
 * whoever the conversation is about, else the writer.
 */
function subjectOf(
  people: People,
  facts: readonly { owner: Owner; slot?: Slot; value?: SlotValue }[],
  hits: readonly Hit[],
  context: UnderstandingContext,
  asked: Owner | null,
): Owner {
  const known = context.profile.subject;
  const stated = facts.filter((fact) => fact.slot === 'subject').at(-1)?.value as Owner | undefined;
  if (stated !== undefined) return stated;
  // To the question of the writer's family it is an answer.
  const family = context.asked === 'joining' || context.asked === 'relation';
  if (people.joinsMe !== null && known === undefined && !family) return people.joinsMe;
  const isTold = (owner: Owner): boolean => facts.some((fact) => fact.owner === owner && fact.slot !== 'relation');
  // "Me French, she Dutch, is she covered?" has two people and one question: she is the other half of "me".
  if (asked === 'third' && known === undefined && isTold('third') && isTold('self')) return 'spouse';
  if (asked !== null && asked !== 'third' && isTold(asked) && !facts.some(isWorkOrStay)) return asked;
  const described = people.thirds.find(isTold);
  const aboutSelf = (fact: { owner: Owner; slot?: Slot }) =>
    (fact.owner === 'self' || fact.owner === 'none') &&
    fact.slot !== 'joining' &&
    fact.slot !== 'relation' &&
    fact.slot !== 'children';
  const arrived = hits.some((hit) => hit.tag === 'time:arrived' && people.owners[hit.start] === 'self');
  const tellsSelf = facts.some(aboutSelf) || arrived;
  if (
    described !== undefined &&
    (people.asksFor ? !facts.some(isWorkOrStay) && !arrived : people.onBehalf && !tellsSelf)
  )
    return described;
  return known !== undefined && known !== 'unknown' ? known : 'self';
}

/** The third person whom the last words of a message ask about ("…, is she covered?"). */
function asksAbout(text: string, { owners }: People): Owner | null {
  const last = owners.at(-1) ?? 'none';
  return /[?？؟]\s*$/.test(text) && last !== 'none' && last !== 'self' ? last : null;
}

/** A fact about the writer's own case rather than about the household. */
const isWorkOrStay = (fact: { owner: Owner; slot?: Slot }): boolean =>
  (fact.owner === 'self' || fact.owner === 'none') &&
  (fact.slot === 'permit' || fact.slot === 'activity' || fact.slot === 'protection');

function askedTimeSlot(asked: Slot | null): 'arrival' | 'months' | 'sentOn' | 'activityStart' | null {
  return asked === 'arrival' || asked === 'months' || asked === 'sentOn' || asked === 'activityStart' ? asked : null;
}

/** Takes out what does not go together within one message. */
function tidy(answers: Profile, context: UnderstandingContext): void {
  if (answers.arrival !== undefined && answers.arrival !== 'unknown') delete answers.months;
  const joins = answers.joining ?? context.profile.joining;
  if (answers.relation !== undefined && joins === 'none') delete answers.relation;
  if (answers.activity !== undefined && answers.activityStart === undefined) return;
  const activity = answers.activity ?? context.profile.activity;
  if (answers.activityStart !== undefined && activity === undefined) answers.activity = 'employee';
}
