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

function toActivity(bubble: Bubble, choices: Choice[], { progress }: Reply, setting: CardSetting): PlainActivity {
  const { capabilities, language } = setting;
  const asButtons = choices.length > 0 && fitsButtons(choices, capabilities);
  const asCard = choices.length > 0 && !asButtons && capabilities.adaptiveCards;
  const text = join(
    bubble.by ? writeText(`**${bubble.by}**`, capabilities) : '',
    writeText(bubble.text, capabilities),
    bubble.card && !capabilities.adaptiveCards ? writeCard(bubble.card, capabilities, true) : '',
    choices.length > 0 && !asButtons && !asCard ? numbered(choices) : '',
  );
  const attachments = [
    ...(bubble.card && capabilities.adaptiveCards ? cardAttachments(bubble.card, setting) : []),
    ...(bubble.qr && capabilities.pictures ? [qrAttachment(bubble.qr)] : []),
    ...(asCard ? [choicesAttachment(choices, setting)] : []),
  ];
  return {
    type: 'message',
    ...(text === '' ? {} : { text }),
    textFormat: capabilities.markdown ? 'markdown' : 'plain',
    locale: language,
    ...(progress && capabilities.showsProgress ? { channelData: { progress } } : {}),
    inputHint: choices.length > 0 ? 'expectingInput' : 'acceptingInput',
    ...(bubble.card && attachments.length > 0 ? { summary: bubble.card.title } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(asButtons
      ? { suggestedActions: { to: [], actions: choices.map((choice) => toAction(choice, capabilities)) } }
      : {}),
  };
}

/**
 * A reply as messages of the Bot Framework, one a bubble, the buttons under the last. Where cards or buttons cannot be shown,
 * everything they hold stands in the text. No pictures but QR codes, no HTML, no links but `tel:`.
 */
export function replyToActivities(reply: Reply, capabilities: Capabilities): PlainActivity[] {
  const setting: CardSetting = { language: reply.language, direction: reply.direction, capabilities };
  const bubbles = reply.bubbles.length > 0 || reply.choices.length === 0 ? reply.bubbles : [{ text: '' }];
  return bubbles.map((bubble, index) =>
    toActivity(bubble, index === bubbles.length - 1 ? reply.choices : [], reply, setting),
  );
}
