import { firstReply } from '../../conversation/first-reply';
import type { Conversation } from '../../conversation/open';
import { linesInText } from '../../conversation/phone-lines';
import type { HttpReply, HttpRequest } from '../../http';
import { isReviewed } from '../../library/library';
import { listLanguages, type OfferedLanguage } from '../activity/languages';
import type { DirectLineContext } from '../directline/context';
import { botActivities } from '../directline/outlet';
import { newBearer } from '../directline/tokens';
import type { Drawable } from './draw-activity';
import type { Drawing } from './draw-page';
import type { View } from './view';

export type PlainDeps = {
  /** The conversations: this channel shows the same ones as Direct Line, and each can go on in the other. */
  line: DirectLineContext;
  conversation: Pick<Conversation, 'library' | 'words' | 'machine' | 'switches'>;
  /** Sends a page with the headers of all our pages. */
  sendPage(html: string, request: HttpRequest): Promise<HttpReply>;
};

/** What the parts of this channel share. */
export type PlainContext = PlainDeps & {
  languages: OfferedLanguage[];
  drawingIn(language: string): Drawing;
  /** A conversation that nobody has begun: it is stored with the first answer, not before. */
  freshView(language: string, notice?: string): View;
};

export function openPlain(deps: PlainDeps): PlainContext {
  const { library, words } = deps.conversation;
  const { clock, tokens } = deps.line;
  const languages = listLanguages(library);
  const unreviewed = !isReviewed(library);
  const drawingIn = (code: string): Drawing => {
    const language = languages.find((one) => one.code === code) ?? (languages[0] as OfferedLanguage);
    const t = words.in(language.code);
    const lines = t('common:linesAlone', linesInText(library, language.code, t));
    return { t, languages, language, lines, unreviewed };
  };
  const freshView = (language: string, notice?: string): View => ({
    token: tokens.offer(newBearer(undefined, language)),
    seen: 0,
    language,
    now: {
      person: null,
      said: botActivities(firstReply({ ...deps.conversation, clock }, 'plain', language)) as Drawable[],
    },
    earlier: [],
    waiting: false,
    notice,
  });
  return { ...deps, languages, drawingIn, freshView };
}
