import { below, choice, pick, type Random, text, times } from './hostile';

/** The fields of a form of the plain page, somewhat spoilt. */
export function fields(random: Random, token: string): string {
  const whole: [string, string][] = [
    ['token', random() < 0.9 ? token : text(random)],
    ['seen', random() < 0.9 ? String(below(random, 20)) : text(random)],
    random() < 0.5 ? ['text', text(random)] : ['choose', choice(random)],
    ...(random() < 0.1 ? [['code', text(random)] as [string, string]] : []),
    ...times(below(random, 2), (): [string, string] => [
      pick(random, ['token', '__proto__', text(random)]),
      text(random),
    ]),
  ];
  const kept = whole.filter(() => random() < 0.97);
  const encoded = new URLSearchParams(kept).toString();
  return random() < 0.9 ? encoded : encoded.slice(0, below(random, encoded.length)).replace(/=/g, '%');
}

/** The address of something of a checklist, its code good or nearly so. */
export function checklistPath(random: Random, code: string): string {
  const given =
    random() < 0.5 ? code : code.slice(below(random, 5)) + pick(random, ['', 'A', '%00', '%2F', '__proto__']);
  const query = new URLSearchParams([
    [
      pick(random, ['on', 'kind', 'day', 'lang', '__proto__']),
      pick(random, ['2026-12-31', '9999-99-99', text(random)]),
    ],
    ...times(below(random, 2), () => [text(random), text(random)]),
  ]);
  const what = pick(random, ['', '', '/dates.ics', '/reminder.ics', '/checklist.pdf', '/x']);
  // Making a PDF takes the time of a hundred requests.
  const file = what === '/checklist.pdf' && random() < 0.95 ? '' : what;
  return `/checklist/${given}${file}?${query}`;
}
