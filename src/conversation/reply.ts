import type { TurnStatus } from './status';

/** A button. `value` is what comes back: `slot=value`, `ask=<topic>`, `term=<id>`, `useful=yes:<topic>`, `lang=<code>` or `do=<command>`. */
export type Choice = { title: string; value: string };

/** True for a button that answers a question: the others ask something or do something. */
export const isAnswer = ({ value }: Choice): boolean => !/^(?:do|ask|edit|lang|term|useful|helped)=/.test(value);

/** A foldable part of a card. `open` parts are shown at once, the others behind a button with the heading. */
export type Section = { heading: string; open: boolean; lines: Line[]; choices?: Choice[]; link?: Link };

/** Where a page is opened beside the conversation; a channel that opens none leaves it out. */
export type Link = { title: string; url: string };

/** One line: a text, a smaller note under it, and for phone lines the `tel:` number. `mark` puts a tick box in front. */
export type Line = { text: string; note?: string; tel?: string; mark?: boolean };

export type Card = {
  kind:
    | 'outcome'
    | 'checklist'
    | 'article'
    | 'journey'
    | 'summary'
    | 'glossary'
    | 'form'
    | 'script'
    | 'letter'
    | 'reminder'
    | 'desk';
  title: string;
  sections: Section[];
};

/** Texts hold plain words, `**bold**` and `- ` lists only. */
export type Bubble = {
  text: string;
  card?: Card;
  /** A picture that another telephone reads: the text in it, and what it is for. */
  qr?: { text: string; title: string };
  /** Who says it, when it is not the bot: shown above the text. */
  by?: string;
};

/** How far the interview is: question `done` of about `of`, and the same in words. */
export type Progress = { text: string; done: number; of: number };

/** The answer to one message in the person's language, before any channel shows it. */
export type Reply = {
  language: string;
  direction: 'ltr' | 'rtl';
  status: TurnStatus;
  /** One message a bubble, in order. */
  bubbles: Bubble[];
  /** Buttons under the last bubble. */
  choices: Choice[];
  /** Ids of the articles that were answered. */
  articles: string[];
  /** Absent while no question is open. */
  progress?: Progress;
};
