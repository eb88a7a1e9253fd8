import { makeResumeCode, readResumeCode } from '../../conversation/resume-code';
import type { Scene } from '../../conversation/scene';
import type { Carried } from '../../conversation/take-along';
import { addDays } from '../../domain/calendar';

/** A code as it stands in our addresses; people may type one in other ways, but nobody types an address. */
const plainCode = /^[0-9A-Z]{20,400}$/;

/**
 * Links that hold a whole checklist: a resume code is their end, so that nobody can read, change or guess one, and nothing is kept for
 * them.
 */
export type Links = {
  /** Path of the page of what a conversation has come to. */
  path(scene: Pick<Scene, 'snapshot' | 'language' | 'today'>): string;
  /** What the end of a path holds, as it was on the day it was made; null for anything that is no code, or one too old. */
  open(code: string, today: string): Carried | null;
  /** The last day on which a link opens its checklist. */
  lastDay(carried: Carried): string;
};

/** `secret`, `days`: those of resume codes, for a code is good as long as the link. */
export function createLinks(secret: string, days: number): Links {
  return {
    path({ snapshot, language, today }) {
      const code = makeResumeCode(secret, { ...snapshot.context, language }, today);
      return `/checklist/${code.replaceAll('-', '')}`;
    },
    open(code, today) {
      if (!plainCode.test(code)) return null;
      const read = readResumeCode(secret, code, today, days);
      if (read.state !== 'good') return null;
      // Read as on that day: a count of months holds only then.
      const then = readResumeCode(secret, code, read.made, days);
      if (then.state !== 'good' || then.resumed.language === null) return null;
      const { people, current, language } = then.resumed;
      return { people, current, language, day: read.made };
    },
    lastDay: ({ day }) => addDays(day, days),
  };
}
