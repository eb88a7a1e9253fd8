import type { Reply } from '../../src/conversation/reply';

const nbsp = '\u00a0';
const french = `36${nbsp}46`;
const english = `09${nbsp}74${nbsp}75${nbsp}36${nbsp}46`;

/** A reply that uses everything a reply may hold. */
export const richReply: Reply = {
  language: 'fr',
  direction: 'ltr',
  status: 'outcome',
  bubbles: [
    { text: 'Merci, **c’est noté**.\nIl vous faut :\n- un\n- deux' },
    {
      text: 'Voici la suite.',
      card: {
        kind: 'outcome',
        title: 'Vous vous inscrivez par le travail',
        sections: [
          {
            heading: 'Vos papiers',
            open: true,
            lines: [
              { text: 'S1106', mark: true, note: 'rempli et signé' },
              { text: 'Passeport', mark: true },
            ],
          },
          {
            heading: 'Où envoyer',
            open: false,
            lines: [{ text: 'À votre **CPAM**' }],
            choices: [{ title: 'Trouver ma CPAM', value: 'ask=cpam-finder' }],
          },
          {
            heading: 'Au téléphone',
            open: true,
            lines: [
              { text: `${french}, du lundi au vendredi`, tel: '3646' },
              { text: `En anglais : ${english}`, tel: '+33974753646', note: '8 h 30 – 17 h 30' },
            ],
          },
        ],
      },
    },
  ],
  articles: [],
  choices: [
    { title: 'Corriger une réponse', value: 'do=correct' },
    { title: 'Parler à quelqu’un', value: 'do=human' },
  ],
};

/** Every text of a reply that a person must be able to read, however it is shown. */
export function textsOf(reply: Reply): string[] {
  const plain = (text: string) =>
    text
      .replaceAll('**', '')
      .split('\n')
      .map((line) => line.replace(/^- /, ''));
  return [
    ...reply.bubbles.flatMap((bubble) => [
      ...plain(bubble.text),
      ...(bubble.card
        ? [
            bubble.card.title,
            ...bubble.card.sections.flatMap((section) => [
              section.heading,
              ...section.lines.flatMap((line) => [...plain(line.text), ...plain(line.note ?? '')]),
              ...(section.choices ?? []).map((choice) => choice.title),
            ]),
          ]
        : []),
    ]),
    ...reply.choices.map((choice) => choice.title),
  ].filter((text) => text !== '');
}
