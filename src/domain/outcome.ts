import type { Basis, Certainty, ContactId, Destination, DocumentId, OutcomeId } from './ids';
import type { Slot } from './profile';

/** Time left of the three-month wait. `months`: full months still to live here; `until`: ISO day on which it is over, when a day of arrival is known. */
export type Wait = { months: number; until: string | null };

/** One line of a checklist. `level`: without it the file is incomplete, or it only helps. */
export type ChecklistItem = {
  id: DocumentId;
  level: 'required' | 'useful';
  form: 'original' | 'copy' | 'certifiedCopy';
  translation: 'yes' | 'no' | 'depends';
  apostille: 'yes' | 'no' | 'depends';
  certainty: Certainty;
  sources: string[];
  checkedOn: string;
  /** Row of content/conflicts.yaml when sources disagree about this document. */
  conflict?: number;
};

/** The verdict for one person. Everything in it is an id: words are added when it is rendered. */
export type Outcome = {
  id: OutcomeId;
  /** null = no wait. Set only with residenceLater, homeFirst and an adult's ame before three months. */
  wait: Wait | null;
  basis: Basis;
  form: DocumentId | null;
  sendTo: Destination;
  /** True when a person should confirm, even though an outcome is given. */
  adviser: boolean;
  /** Why (ids of `rules:adviser.<reason>`), empty when `adviser` is false. */
  adviserReasons: string[];
  certainty: Certainty;
  /** With prepareAbroad: the outcome that awaits after arrival, when known. */
  then?: OutcomeId;
  firstStep?: string;
  documents: ChecklistItem[];
  contacts: { id: ContactId }[];
  articles: string[];
  sources: string[];
  /** Ids of the rules that spoke, the deciding one first. */
  rules: string[];
  /** Slots whose default stood (one tap to correct). */
  assumed: Slot[];
  /** Slots answered "I don't know", for which the cautious branch was taken. */
  unknowns: Slot[];
};

/** Either a verdict, or the one slot to ask next. `contradiction`: id of the contradiction row when facts do not fit together. */
export type Decision = { outcome: Outcome; asks: null } | { outcome: null; asks: Slot; contradiction?: string };

/** True when the rules give no route at all and leave the person to an adviser. */
export const isLeftToAdviser = (outcome: Outcome): boolean => outcome.id === 'adviser';
