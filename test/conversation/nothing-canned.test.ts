import { outcomeIds } from '../../src/domain/ids';
import { journeyOf, timelineOf } from '../../src/domain/journey';
import { createWords } from '../../src/library/i18n';
import { answers, type Happening } from '../support/machine';
import { library, reply, sectionOf, textOf, withRulebook } from '../support/scene';

const { rulebook } = library;
const notes = library.locales.en?.conflicts as Record<string, string>;
const waiting = answers(
  { country: ['AR'], activity: 'none', permit: 'residencePermit', cover: 'none', joining: 'none' },
  { arrival: '2026-04-01' },
);
const without = (id: string) => withRulebook({ rules: rulebook.rules.filter((rule) => rule.id !== id) });

describe('what would change an outcome', () => {
  const why = 'common:card.why';
  test('is told with the outcome, as a sentence for each fact', () => {
    const lines = sectionOf(reply(waiting), why);
    expect(lines).toContain('If you had a work contract in France: registration through work, with no wait.');
    expect(lines).toContain(
      'If you were joining a relative insured through work: registration through family, with no wait.',
    );
  });
  test('speaks French, and about somebody else', () => {
    expect(sectionOf(reply(waiting, library, 'fr'), why, library, 'fr')).toContain(
      'Si vous aviez un contrat de travail en France : inscription par le travail, sans attente.',
    );
    const other: Happening[] = [...answers({ subject: 'spouse' }), ...waiting];
    expect(sectionOf(reply(other), why).join()).toMatch(/If this person had a work contract/);
  });
  test('vanishes with the rule that it comes from', () => {
    const lines = sectionOf(reply(waiting, without('family')), why).join();
    expect(lines).toMatch(/work contract/);
    expect(lines).not.toMatch(/relative insured/);
  });
  test('follows a figure', () => {
    const onlyMonths = rulebook.interview.whatIf.filter(({ slot }) => slot === 'months');
    const interview = { ...rulebook.interview, whatIf: onlyMonths };
    expect(sectionOf(reply(waiting, withRulebook({ interview })), why).join()).toMatch(/for 3 months without a break/);
    const waitMonths = { value: 6, unit: 'month' as const, because: ['L1'] };
    const longer = withRulebook({ interview, figures: { ...rulebook.figures, waitMonths } });
    expect(sectionOf(reply(waiting, longer), why).join()).toMatch(/for 6 months without a break/);
  });
  test('a fact without a sentence of its own is named by its question', () => {
    const whatIf = [{ slot: 'ukWithdrawal' as const, value: true }];
    const british = answers(
      { nationality: 'uk', ukWithdrawal: false, activity: 'none', permit: 'none', joining: 'none' },
      { arrival: '2025-04-01' },
    );
    const said = reply(british, withRulebook({ interview: { ...rulebook.interview, whatIf } }));
    expect(sectionOf(said, why).join()).toMatch(/Withdrawal Agreement \(Brexit\): yes.*registration through residence/);
  });
});

describe('"why do you ask?"', () => {
  const joining = answers({ country: ['AR'], activity: 'none', permit: 'residencePermit', cover: 'none' });
  const asksWhy: Happening[] = [...joining, { type: 'user.asked-why' }];
  test('names the outcomes that hang on the answer', () => {
    const text = textOf(reply(asksWhy));
    expect(text).toMatch(/Depending on your answer: .*“Registering as family, without waiting”/);
    expect(text).toMatch(/If you don't know: I carry on as if the answer were “No”/);
    expect(text).toMatch(/That can lead to: /);
  });
  test('changes when a rule goes', () => {
    expect(textOf(reply(asksWhy, without('family')))).not.toMatch(/as family, without/);
  });
  test('says so when only papers or addresses depend on it', () => {
    const visa = answers({ nationality: 'other', activity: 'employee', permit: 'longStayVisa' });
    expect(textOf(reply([...visa, { type: 'user.asked-why' }]))).toMatch(/The steps stay the same/);
  });
  test('a slot that no rule reads keeps its own explanation', () => {
    const text = textOf(reply([{ type: 'user.picked-question', slot: 'sentOn' }, { type: 'user.asked-why' }]));
    expect(text).toMatch(/chase|remind|contact|ask the fund/i);
    expect(text).not.toMatch(/Depending/);
  });
});

describe('conflict notes', () => {
  const heading = 'common:card.conflicts';
  test('stand in the outcome card, in a section of their own, and go with their row', () => {
    const shown = sectionOf(reply(waiting), heading);
    expect(shown.length).toBeGreaterThan(1);
    const copies = shown[0] ?? '';
    const fewer = withRulebook({ conflicts: rulebook.conflicts.filter(({ id }) => id !== 1) });
    expect(sectionOf(reply(waiting, fewer), heading)).not.toContain(copies);
    expect(sectionOf(reply(waiting, fewer), heading)).toHaveLength(shown.length - 1);
  });
  test('stand in an article, and go with their row', () => {
    const ask: Happening[] = [{ type: 'user.asked', policy: 'answer', topics: ['phone-numbers'] }];
    expect(sectionOf(reply(ask), heading)).toHaveLength(1);
    const fewer = withRulebook({ conflicts: rulebook.conflicts.filter(({ id }) => id !== 9) });
    expect(sectionOf(reply(ask, fewer), heading)).toEqual([]);
  });
  test('a note about asylum seekers is not shown to others', () => {
    const note = library.rulebook.conflicts.find(({ topic }) => topic === 'asylum-wait');
    const text = notes[String(note?.id)];
    expect(sectionOf(reply(waiting), heading)).not.toContain(text);
    const asylum = answers({ protection: 'asylumSeeker', activity: 'none', months: 1 });
    expect(sectionOf(reply(asylum), heading)).toContain(text);
  });
  test('a row about students over 28 is shown when they are, or cannot tell', () => {
    const disputed = rulebook.conflicts.find(({ topic }) => topic === 'student-over-28');
    const note = notes[String(disputed?.id)];
    const narrow = withRulebook({
      conflicts: rulebook.conflicts.map((row) => (row === disputed ? { ...row, when: { over28: true } } : row)),
    });
    const student = { country: ['CM'], activity: 'student', permit: 'residencePermit', cover: 'none' } as const;
    const shown = (over28: boolean | 'unknown') =>
      sectionOf(reply(answers({ ...student, country: ['CM'], over28 }), narrow), heading, narrow).includes(note ?? '');
    expect([shown(false), shown(true), shown('unknown')]).toEqual([false, true, true]);
    const covered = answers({ nationality: 'eu', activity: 'student', cover: 'ehic' });
    expect(sectionOf(reply(covered, narrow), heading, narrow)).not.toContain(note);
  });
  test('every row is shown somewhere: in an article that exists', () => {
    const nowhere = rulebook.conflicts.filter(
      ({ id, articles }) =>
        !articles.some((topic) => library.articles[topic]) &&
        !Object.values(library.articles).some(({ conflicts }) => conflicts.includes(id)),
    );
    expect(nowhere).toEqual([]);
    for (const { id, articles } of rulebook.conflicts) {
      const topic = articles.find((name) => library.articles[name]) ?? '';
      const said = reply([{ type: 'user.asked', policy: 'answer', topics: [topic] }]);
      expect(sectionOf(said, heading)).toContain(notes[String(id)]);
    }
  });
});

describe('the timeline', () => {
  const heading = 'common:card.next';
  test('loses the line of a station that is gone', () => {
    const lines = sectionOf(reply(waiting), heading);
    const fewer = withRulebook({ journey: rulebook.journey.filter(({ stage }) => stage !== 'cardOrdered') });
    expect(sectionOf(reply(waiting, fewer), heading)).toHaveLength(lines.length - 1);
  });
  test.each(outcomeIds)('%s has lines of its own, in both languages', (outcome) => {
    const lines = timelineOf(rulebook, outcome);
    expect(lines.length).toBeGreaterThan(0);
    const words = createWords(library);
    for (const language of ['fr', 'en'])
      for (const text of lines) expect(words.in(language)(`journey:${text}`)).not.toBe('');
  });
  test.each(['ame', 'notEligible', 'homeCover', 'prepareAbroad', 'homeFirst', 'adviser', 'mayotteScheme'] as const)(
    '%s promises no number and no card',
    (outcome) => {
      const lines = timelineOf(rulebook, outcome);
      for (const line of ['temporaryNumber', 'studentNumber', 'permanentNumber', 'cardOrder', 'wholeJourney'])
        expect(lines).not.toContain(`timeline.${line}`);
      expect(lines).not.toContain('preparing.next');
    },
  );
  test('a short stay hears of no number, not even when a file was sent', () => {
    const visiting = answers({ livesIn: 'visiting', nationality: 'other' });
    expect(sectionOf(reply(visiting), heading)).toEqual([expect.stringMatching(/nothing to send/)]);
    expect(sectionOf(reply(visiting), 'common:card.why').join()).not.toMatch(/no wait/);
    expect(textOf(reply([...visiting, ...answers({ stage: 'sent' })]))).not.toMatch(/temporary number/i);
  });
  test('a sent file that leads to a number is told of it', () => {
    expect(textOf(reply([...waiting, ...answers({ stage: 'sent' })]))).toMatch(/temporary number/i);
  });
  test('moves with its figure', () => {
    const sent = { stage: 'provisional', sentOn: '2026-01-10' } as const;
    const numberExaminationMonths = { value: 4, unit: 'month' as const, because: ['A1'] };
    const figures = { ...rulebook.figures, numberExaminationMonths };
    expect(journeyOf(sent, rulebook, '2026-05-04').expected?.to).toBe('2026-10-10');
    expect(journeyOf(sent, { ...rulebook, figures }, '2026-05-04').expected?.to).toBe('2026-05-10');
  });
});

test('an answer that only shares outcomes with others is still named', () => {
  const events: Happening[] = [
    ...answers({ nationality: 'eu', activity: 'retired', cover: 'none', joining: 'none' }),
    { type: 'user.asked-why' },
  ];
  expect(textOf(reply(events))).toMatch(/Depending on your answer: “Registering through residence” and “First, /);
});
