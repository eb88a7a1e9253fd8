import { createHash } from 'node:crypto';
import { matchLocale } from '../../conversation/match-locale';
import { dayInParis } from '../../conversation/paris-day';
import type { Clock, Logger } from '../../conversation/ports';
import { drawQrCode } from '../../conversation/qr';
import { officialLanguage } from '../../conversation/render-papers';
import { showResumeCode } from '../../conversation/resume-code';
import type { Switches } from '../../conversation/switches';
import { type Carried, type TakeAlong, type TakeAlongRoom, takeAlong } from '../../conversation/take-along';
import { IsoDate } from '../../domain/profile';
import { CodedError } from '../../errors';
import type { HttpHost, HttpReply, HttpRequest } from '../../http';
import { fallbackLanguage } from '../../library/i18n';
import { directionOf, liveLanguages } from '../../library/library';
import { calendarFile } from './calendar';
import { drawPage } from './draw-page';
import { drawNotice } from './frame';
import type { Links } from './links';
import type { PdfWriter } from './pdf';
import { ReminderQuery, reminderFile } from './reminder-file';

export type ChecklistDeps = TakeAlongRoom & {
  links: Links;
  /** Rules that are off lead to an adviser here too; of a language that is off the French stands alone. */
  switches: Pick<Switches, 'current'>;
  pdf: PdfWriter;
  clock: Clock;
  logger: Logger;
  /** Takes one PDF for an address: 0 = go ahead, else seconds to wait. */
  limitPdfs(address: string): number;
  /** Sends a page, `{{nonce}}` still in it, that nobody may frame. */
  sendPage(html: string, request: HttpRequest): Promise<HttpReply>;
  /** Address under which people reach us, without a slash at its end. */
  page(): string | undefined;
};

/** Nobody but who holds the link is to come across it: no search engine, no cache, no referrer. */
const quiet = { 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };

const calendar = {
  ...quiet,
  'Content-Type': 'text/calendar; charset=utf-8',
  'Content-Disposition': 'attachment; filename="guichet.ics"',
};

/** The same name for the same checklist, from which the answers cannot be read. */
const nameOf = (code: string): string => createHash('sha256').update(code).digest('base64url').slice(0, 16);

/**
 * The checklist to take along: a page, a PDF and a calendar under an address that only the person has and that holds everything. Nothing
 * is kept.
 */
export function mountChecklist(server: HttpHost, deps: ChecklistDeps): void {
  const { links, pdf, clock, logger, library, words } = deps;
  const live = liveLanguages(library);

  const send = async (html: string, request: HttpRequest, status = 200): Promise<HttpReply> => {
    const reply = await deps.sendPage(html, request);
    return { ...reply, status, headers: { ...reply.headers, ...quiet } };
  };

  /** A short page in the person's language; `to`: where its button leads. */
  function notice(
    request: HttpRequest,
    status: number,
    language: string,
    which: 'gone' | 'pdfOff' | 'busy',
    to: string,
  ) {
    const t = words.in(language);
    const direction = directionOf(library, language);
    const gone = which === 'gone';
    const title = t(gone ? 'takeaway:goneTitle' : 'takeaway:title');
    const text = t(gone ? 'takeaway:goneText' : `takeaway:${which}`);
    const link = t(gone ? 'takeaway:goneBack' : 'takeaway:title');
    return send(drawNotice({ language, direction }, { title, text, link, to }), request, status);
  }

  /** The link leads nowhere any more. */
  function goneNotice(request: HttpRequest): Promise<HttpReply> {
    const wanted = (request.headers['accept-language'] ?? '').split(/[,;]/, 1)[0];
    return notice(request, 404, matchLocale(wanted, live) ?? fallbackLanguage, 'gone', '/');
  }

  /** The language in which somebody is answered now. */
  const spokenBy = ({ language }: Carried): string =>
    deps.switches.current()?.off.language.has(language) ? officialLanguage : language;

  /** Opens the link of a request, and answers with what `then` makes of it. */
  const opened =
    (then: (request: HttpRequest, list: TakeAlong, carried: Carried, code: string) => Promise<HttpReply>) =>
    (request: HttpRequest): Promise<HttpReply> => {
      const code = request.params.code ?? '';
      const carried = links.open(code, dayInParis(clock.now()));
      const sent = IsoDate.safeParse(request.query.get('sent'));
      const switched = deps.switches.current();
      const list =
        carried && takeAlong({ ...deps, ...switched }, { ...carried, language: spokenBy(carried) }, sent.data);
      if (carried && list) return then(request, list, carried, code);
      return goneNotice(request);
    };

  server.route(
    'GET',
    '/checklist/:code',
    opened((request, list, carried, code) => {
      const address = `/checklist/${code}`;
      const until = words.date(list.language, links.lastDay(carried));
      const again = { qr: drawQrCode(`${deps.page() ?? ''}${address}`), code: showResumeCode(code) };
      return send(drawPage({ list, address, key: nameOf(code), pdf: pdf.available, until, again }), request);
    }),
  );

  server.route(
    'GET',
    '/checklist/:code/checklist.pdf',
    opened(async (request, list, _carried, code) => {
      const page = `/checklist/${code}`;
      if (deps.limitPdfs(request.address) > 0) return notice(request, 429, list.language, 'busy', page);
      try {
        const headers = {
          ...quiet,
          'Content-Type': 'application/pdf',
          'Content-Disposition': 'attachment; filename="guichet.pdf"',
        };
        return { status: 200, headers, body: await pdf.write(list) };
      } catch (error) {
        const refused = error instanceof CodedError ? error.code : 'PDF_FAILED';
        logger.warn({ code: refused, error }, 'no PDF');
        return notice(request, 503, list.language, refused === 'PDF_BUSY' ? 'busy' : 'pdfOff', page);
      }
    }),
  );

  server.route(
    'GET',
    '/checklist/:code/dates.ics',
    opened(async (_request, list, _carried, code) => {
      return { status: 200, headers: calendar, body: calendarFile(list, nameOf(code), clock.now()) };
    }),
  );
  server.route('GET', '/checklist/:code/reminder.ics', async (request) => {
    const now = clock.now();
    const code = request.params.code ?? '';
    const carried = links.open(code, dayInParis(now));
    const asked = ReminderQuery.safeParse(Object.fromEntries(request.query));
    if (!carried || !asked.success) return goneNotice(request);
    const until = links.lastDay(carried);
    const language = spokenBy(carried);
    const file = { ...asked.data, language, code, until, id: nameOf(code), page: deps.page() ?? '' };
    return { status: 200, headers: calendar, body: reminderFile(deps, file, now) };
  });
  server.onDrain(() => void pdf.stop());
}
