import type { HttpHost, HttpReply, HttpRequest } from '../../http';
import type { PlainContext } from './context';
import { drawPage, plainPath } from './draw-page';
import { preferredLanguage } from './preferred-language';
import { answerForm } from './take-form';
import type { View } from './view';

/**
 * The same conversation as plain HTML forms, for browsers without JavaScript and very slow lines: `GET /plain` shows the first question,
 * `POST /plain` takes an answer and shows what comes next. No cookie, nothing in an address: a signed token in each form says which
 * conversation it belongs to.
 */
export function mountPlain(server: HttpHost, context: PlainContext): void {
  const codes = context.languages.map(({ code }) => code);
  const send = async (request: HttpRequest, view: View, status?: number): Promise<HttpReply> => {
    const reply = await context.sendPage(drawPage(view, context.drawingIn(view.language)), request);
    return { ...reply, status: status ?? reply.status };
  };
  // While the store is gone the keys that are known go on.
  const keys = async () => context.line.keys.ready()?.catch(() => undefined);
  server.route('GET', plainPath, async (request) => {
    await keys();
    return send(request, context.freshView(preferredLanguage(request, codes)));
  });
  server.route(
    'POST',
    plainPath,
    async (request) => {
      await keys();
      const { view, status } = await answerForm(context, request, preferredLanguage(request, codes));
      return send(request, view, status);
    },
    'form',
  );
}
