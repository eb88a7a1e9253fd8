import type { HttpRequest } from '../../http';
import type { PlainContext } from './context';
import { drawStart } from './draw-page';
import { preferredLanguage } from './preferred-language';

/**
 * The web chat page with the first question in it, in the language that the request asks for. `pageIn` = the page in a language,
 * `{{start}}` still in it; `script` stands in the page beside the question.
 */
export function startPage(
  context: PlainContext,
  pageIn: (language: string) => string,
  script: string,
): (request: HttpRequest) => string {
  const codes = context.languages.map(({ code }) => code);
  const pages = new Map(codes.map((code) => [code, pageIn(code)]));
  return (request) => {
    const code = preferredLanguage(request, codes);
    const start = drawStart(context.freshView(code), context.drawingIn(code), script);
    return (pages.get(code) ?? '').replace('{{start}}', () => start);
  };
}
