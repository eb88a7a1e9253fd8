import { choicesIn } from '../../conversation/offered';
import type { Bubble, Choice, Reply } from '../../conversation/reply';
import { type CardSetting, cardAttachments, choicesAttachment } from './adaptive-card';
import type { Capabilities } from './capabilities';
import type { CardAction, PlainActivity } from './plain-activity';
import { numbered, writeCard, writeText } from './plain-text';
import { qrAttachment } from './qr-attachment';

function toAction(choice: Choice, capabilities: Capabilities): CardAction {
  const { title } = choice;
  if (capabilities.buttonType === 'imBack') return { type: 'imBack', title, value: title };
  return { type: 'messageBack', title, displayText: title, text: title, value: { choose: choice.value } };
}

const fitsButtons = (choices: Choice[], capabilities: Capabilities): boolean =>
  choices.length <= capabilities.suggestedActions &&
  choices.every((choice) => choice.title.length <= capabilities.longestTitle);

const join = (...texts: string[]): string => texts.filter((text) => text !== '').join('\n\n');

/** A text in pieces that the channel takes, cut between paragraphs, else lines, else words. */
function pieces(text: string, longest: number): string[] {
  if (text.length <= longest) return [text];
  const head = text.slice(0, longest);
  const cut = ['\n\n', '\n', ' '].map((mark) => head.lastIndexOf(mark)).find((at) => at > longest / 3) ?? longest;
  return [text.slice(0, cut).trimEnd(), ...pieces(text.slice(cut).trimStart(), longest)];
}

/** One bubble as messages; `from` = number of its first button. */
function toMessages(
  bubble: Bubble,
  choices: Choice[],
  from: number,
  { progress }: Reply,
  setting: CardSetting,
): PlainActivity[] {
  const { capabilities, language } = setting;
  const asButtons = choices.length > 0 && fitsButtons(choices, capabilities);
  const asCard = choices.length > 0 && !asButtons && capabilities.adaptiveCards;
  const inCard = choicesIn({ bubbles: [bubble], choices: [] }).length;
  const text = join(
    bubble.by ? writeText(`**${bubble.by}**`, capabilities) : '',
    writeText(bubble.text, capabilities),
    bubble.card && !capabilities.adaptiveCards ? writeCard(bubble.card, capabilities, from) : '',
    choices.length > 0 && !asButtons && !asCard ? numbered(choices, from + inCard) : '',
  );
  const attachments = [
    ...(bubble.card && capabilities.adaptiveCards ? cardAttachments(bubble.card, setting) : []),
    ...(bubble.qr && capabilities.pictures ? [qrAttachment(bubble.qr)] : []),
    ...(asCard ? [choicesAttachment(choices, setting, text)] : []),
  ];
  const message = (words: string): PlainActivity => ({
    type: 'message',
    ...(words === '' ? {} : { text: words }),
    textFormat: capabilities.markdown ? 'markdown' : 'plain',
    locale: language,
    ...(progress && capabilities.showsProgress ? { channelData: { progress } } : {}),
    inputHint: choices.length > 0 ? 'expectingInput' : 'acceptingInput',
  });
  const before = pieces(text, capabilities.longestText);
  const last = before.pop() ?? '';
  return [
    ...before.map(message),
    {
      ...message(last),
      ...(bubble.card && attachments.length > 0 ? { summary: bubble.card.title } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
      ...(asButtons
        ? { suggestedActions: { to: [], actions: choices.map((choice) => toAction(choice, capabilities)) } }
        : {}),
    },
  ];
}

/**
 * A reply as messages of the Bot Framework, one a bubble (more where a channel takes only short ones), the buttons under the last. Where
 * cards or buttons cannot be shown, everything they hold stands in the text, numbered as `choicesIn` has it. No pictures but QR codes, no
 * HTML; links only dial, or open a page of ours.
 */
export function replyToActivities(reply: Reply, capabilities: Capabilities): PlainActivity[] {
  const setting: CardSetting = { language: reply.language, direction: reply.direction, capabilities };
  const bubbles = reply.bubbles.length > 0 || reply.choices.length === 0 ? reply.bubbles : [{ text: '' }];
  let from = 1;
  return bubbles.flatMap((bubble, index) => {
    const messages = toMessages(bubble, index === bubbles.length - 1 ? reply.choices : [], from, reply, setting);
    from += choicesIn({ bubbles: [bubble], choices: [] }).length;
    return messages;
  });
}
