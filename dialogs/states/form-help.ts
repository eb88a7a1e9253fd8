import { formSections } from '../../src/domain/ids';
import type { Context } from '../context';
import { type ConversationSetup, noteChange } from '../machine-setup';

/** Opens the form help when the verdict needs the form, or none stands yet; `at`: where to go back to afterwards. */
export const openForm = (at: Context['resume']) => [
  {
    guard: 'usesForm' as const,
    target: '#conversation.formHelp',
    actions: [{ type: 'comeBackTo' as const, params: { at } }, 'form.opened' as const],
  },
  { actions: ['forgetMisses' as const, 'form.unneeded' as const] },
];

const backTo = (at: NonNullable<Context['resume']>) => ({
  guard: { type: 'resumes' as const, params: { at } },
  target: `#conversation.${at}`,
  actions: 'forgetMisses' as const,
});
const leave = [
  backTo('greeting'),
  backTo('followingFile'),
  backTo('withAdviser'),
  { target: '#conversation.asking', actions: ['forgetMisses' as const, 'decideNext' as const] },
];
const goOn = { guard: 'isPaused' as const, actions: 'goOn' as const };
/** Facts told in the middle are noted, and the part is put again; those that need another form lead back to the rules. */
const note = { guard: 'keepsForm' as const, actions: [noteChange, 'recordAnswers' as const] };

/** The form, part by part: one state a part. Questions in the middle are answered, and the part is put again. */
export const formHelp = (s: ConversationSetup) =>
  s.createStateConfig({
    initial: formSections[0],
    states: Object.fromEntries(
      formSections.map((section, index) => {
        const [previous, next] = [formSections[index - 1], formSections[index + 1]];
        return [
          section,
          s.createStateConfig({
            on: {
              'user.continued': [goOn, ...(next ? [{ target: next, actions: 'forgetMisses' as const }] : leave)],
              'user.went-back': previous ? { target: previous, actions: 'goOn' as const } : leave,
            },
          }),
        ];
      }),
    ),
    on: {
      'user.answered': note,
      'user.stopped': leave,
      'user.opened-form': { actions: 'goOn' },
    },
  });
