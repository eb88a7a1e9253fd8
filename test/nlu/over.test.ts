import type { Profile } from '../../src/domain/profile';
import { asking, openSays, type Says } from './support';

let says: Says;
beforeAll(async () => {
  ({ says } = await openSays());
});

describe('a stay that is over counts no months', () => {
  test.each([
    ['en', 'I worked in France for about four years'],
    ['en', 'we lived and studied in France for two years'],
    ['en', 'we lived in France from 2012 to 2016'],
    ['en', 'I lived in France from May 2018 to April 2020'],
    ['es', 'he vivido cuatro años en Francia'],
    ['it', 'ho vissuto in Francia dal 2012 al 2016'],
    ['de', 'ich habe vier Jahre in Frankreich gearbeitet'],
    ['ru', 'я работала во Франции четыре года'],
    ['ru', 'мы жили во Франции с 2012 по 2016 год'],
    ['uk', 'я навчалася у Франції чотири роки'],
    ['zh', '我在法国住过四年'],
    ['ar', 'عملت في فرنسا أربع سنوات'],
  ])('%s: %s', (language, text) => {
    expect(says(text, { language }).answers).toEqual({});
  });

  test('a year of a range is no beginning', () => {
    expect(says('in France from 2012 to 2016 with my parents').answers.months).toBeUndefined();
  });
});

describe('the stay that lasts is told from the one that is over', () => {
  test.each<[string, Profile]>([
    ["j'ai vécu 4 ans en France et je suis revenue il y a 2 mois", { months: 2 }],
    ['I lived in France for three years, moved back 5 months ago', { months: 5 }],
    ['I studied in Lille for 2 years and now I live in Nice for 7 months', { months: 7 }],
    // "Since" holds it to this day.
    ['I worked here since March 2025', { arrival: '2025-03' }],
    ["j'ai habité ici depuis 2019", { months: 73 }],
    ['I have been living in France for 3 years', { months: 36 }],
    ['我在法国住了三年', { months: 36 }],
  ])('%s', (text, expected) => {
    expect(says(text).answers).toMatchObject(expected);
  });

  test('asked since when, any date answers', () => {
    expect(says('I lived here from May 2025', asking('arrival', 'en')).answers).toMatchObject({ arrival: '2025-05' });
  });
});

describe('work, studies and papers of that time are no facts of today', () => {
  test.each([
    ['fr', "j'ai travaillé deux étés comme saisonnier agricole"],
    ['fr', "j'ai bossé quatre ans à Lille comme serveuse"],
    ['fr', "j'ai étudié à Rennes avec un visa long séjour"],
    ['en', 'I worked in Lyon back in the days on a CDI'],
    ['en', 'I stayed in Paris one summer on a talent passport'],
    ['it', 'ho lavorato quattro anni in Francia come cameriere'],
    ['de', 'ich arbeitete zwei Jahre in Paris als Kellner'],
  ])('%s: %s', (language, text) => {
    expect(says(text, { language }).answers).toEqual({});
  });

  test.each<[string, Profile]>([
    ['I worked 30 years in Germany and now I am retired', { activity: 'retired' }],
    ["j'ai travaillé en Belgique et maintenant je suis salariée à Lille", { activity: 'employee' }],
    ['I lived in Spain for ten years I have a residence permit now', { permit: 'residencePermit' }],
    ['I worked in Nice until May, unemployed now', { activity: 'jobseeker' }],
    ['I am a student in Nice I worked as a waiter', { activity: 'student' }],
  ])('what is true today stays: %s', (text, expected) => {
    expect(says(text).answers).toMatchObject(expected);
  });
});
