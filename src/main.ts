import type { AddressInfo } from 'node:net';
import { mountBotFramework } from './channels/botframework/mount-bot-framework';
import { createLinks } from './channels/checklist/links';
import { mountChecklist } from './channels/checklist/mount-checklist';
import { createPdfWriter } from './channels/checklist/pdf';
import { mountDirectLine } from './channels/directline/mount-direct-line';
import { openPlain } from './channels/plain/context';
import { plainPath } from './channels/plain/draw-page';
import { mountPlain } from './channels/plain/mount-plain';
import { type Config, ConfigError, plugIn, readConfig } from './config';
import type { Handoff, TranslateText } from './conversation/handoff-ports';
import { openConversation } from './conversation/open';
import type { Clock, ConversationStore, Logger, Ranker } from './conversation/ports';
import { createPublicReply } from './conversation/public-reply';
import type { Scene } from './conversation/scene';
import { scheduleReminders } from './conversation/send-reminders';
import { slowReply } from './conversation/slow-reply';
import { watchSwitches } from './conversation/switches';
import { createDesk } from './handoff/desk';
import { mountAdvisers } from './handoff/mount-advisers';
import { makeFirstAccount } from './handoff/sign-in';
import { createTranslator } from './handoff/translator';
import { createWebhook } from './handoff/webhook';
import { inTime } from './in-time';
import { openLibrary } from './library/compile';
import { projectVersion } from './library/project-root';
import { createServer } from './server/create-server';
import { mountHealth } from './server/health';
import { openLimits } from './server/limits';
import { mountMetrics } from './server/metrics-route';
import { mountPages } from './server/mount-pages';
import { type PageSetting, sendPage } from './server/web-chat';
import { scheduleExpiry } from './storage/expiry';
import { openStore } from './storage/open-store';
import { createLogger, type LogLevel } from './telemetry/logger';
import { createMetrics } from './telemetry/metrics';
import { startTracing } from './telemetry/tracing';

/** How long stopping waits, in milliseconds, for answers under way, then for messages on their way to a connector, then for the rest. */
export type Drain = { answers: number; deliveries: number; rest: number };
/** Ten seconds in all. */
const longestDrain: Drain = { answers: 6500, deliveries: 2500, rest: 1000 };

/** A running Guichet. */
export type Running = {
  address: AddressInfo;
  /** The adviser account that this very start has made, with its password. */
  firstAccount: { name: string; password: string } | null;
  /** What is overdue at the advisers' desk is carried out now, what is switched off is read again, and reminders are sent. */
  tick(): Promise<void>;
  stop(): Promise<void>;
};

const originOf = ({ family, address, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

/** Wires the rooms together and listens. Edges (store, clock, logger, how long stopping waits) may be given by tests. */
export async function serve(
  config: Config,
  edges: { store?: ConversationStore; clock?: Clock; logger?: Logger; drain?: Drain } = {},
): Promise<Running> {
  const drain = edges.drain ?? longestDrain;
  const clock = edges.clock ?? { now: () => new Date() };
  const metrics = createMetrics();
  const tracing = config.traces ? await startTracing({ endpoint: config.traces, version: projectVersion }) : undefined;
  const { problem } = metrics;
  const logger =
    edges.logger ?? createLogger({ level: config.logLevel as LogLevel, problem, traceId: tracing?.traceId });
  const store = edges.store ?? (await openStore(config, logger));
  const library = openLibrary();
  let tellTeam: ReturnType<typeof createWebhook> | null = null;
  const requested = (handoff: Handoff) => void tellTeam?.(handoff);
  const desk = createDesk({ store, clock, logger, metrics, settings: library.desk, requested });
  const rank = await plugIn<Ranker>('RANKER', config.ranker, 'rank');
  const translate = await plugIn<TranslateText>('TRANSLATOR', config.translator, 'translate');
  let origin = '';
  const page = () => config.publicUrl ?? (origin || undefined);
  const links = createLinks(await store.secret('resume-codes'), library.figures.resumeDays?.value ?? 0);
  const checklistUrl = (scene: Scene) => `${page() ?? ''}${links.path(scene)}`;
  const conversation = await openConversation(
    { store, clock, logger, metrics, rank, desk, tracer: tracing, page, checklistUrl },
    library,
  );
  const { takeTurn, words, mask, switches, standIn } = conversation;
  const watching = await watchSwitches(switches, logger);
  if (config.deskWebhookUrl) {
    const consoleUrl = `${config.publicUrl ?? ''}/adviser`;
    tellTeam = createWebhook({ url: config.deskWebhookUrl, consoleUrl, words, logger });
  }

  const server = createServer({
    logger,
    tracer: tracing,
    trustedProxies: config.trustedProxies,
    drainMilliseconds: drain.answers,
  });
  const limits = openLimits({
    perAddress: config.messagesPerMinute,
    clock,
    reply: (reason, locale) => slowReply(library, words, reason, locale),
  });
  const pages: PageSetting = {
    trustedOrigins: config.allowedOrigins,
    https: config.publicUrl?.startsWith('https:') ?? false,
    socketBase: (headers) => directLine.context.origins.streamBase(headers),
  };
  const pdf = createPdfWriter();
  if (!pdf.available)
    logger.warn({ code: 'PDF_OFF' }, 'no PDF engine for this platform: the checklist is offered as a page only');
  mountChecklist(server, {
    ...conversation,
    links,
    pdf,
    clock,
    logger,
    limitPdfs: limits.pdfs,
    sendPage: (html, request) => sendPage('/checklist', html, request, { ...pages, unframed: ['/checklist'] }),
    page,
  });
  mountHealth(server, { store, libraryLoaded: () => true, draining: server.draining });
  mountMetrics(server, { metrics, token: config.metricsToken ?? undefined });
  const directLine = await mountDirectLine(server, {
    store,
    takeTurn,
    standIn,
    clock,
    logger,
    mask,
    publicUrl: config.publicUrl ?? undefined,
    trustedOrigins: config.allowedOrigins,
    secret: config.directLineSecret ?? undefined,
    limitTokens: limits.conversations,
    limitCalls: limits.calls,
    slowDown: limits.pageMessages,
  });
  const plain = openPlain({
    line: directLine.context,
    conversation,
    sendPage: (html, request) => sendPage(plainPath, html, request, pages),
  });
  mountPlain(server, plain);
  await mountPages(server, { library, plain, setting: pages });
  await store.watch?.({ log: directLine.wake, desk: () => void desk.look() });
  const door = await mountBotFramework({
    ...conversation,
    inPublic: createPublicReply({ ...conversation, clock }),
    config: config.bot,
    store,
    clock,
    logger,
    slowDown: limits.channelMessages,
    metrics,
    staff: {
      hear: async (message) => (await advisers.staff?.hear(message)) ?? false,
      sent: async (tell, messageId) => advisers.staff?.sent(tell, messageId),
    },
    ...(config.handoffProtocol ? { handoffStatus: (status) => advisers.outside(status) } : {}),
  });
  if (door) server.route('POST', '/api/messages', door.handleMessages);
  const advisers = mountAdvisers(
    server,
    {
      ...conversation,
      store,
      desk,
      clock,
      logger,
      metrics,
      translate: createTranslator(translate, logger),
      staff: door?.staff ?? null,
      https: pages.https ?? false,
      findOutlet: async (conversationId, channel, reference) => {
        if (!directLine.channels.includes(channel)) return door?.outletFor(reference) ?? null;
        await directLine.prepare(conversationId);
        return directLine.outlet;
      },
    },
    library.desk,
    config.oidc && { ...config.oidc, publicUrl: () => config.publicUrl ?? origin },
  );

  const firstAccount = config.oidc ? null : await makeFirstAccount(store, library.desk.languages);
  const address = await server.listen(config.port, config.host);
  origin = originOf(address);
  await door?.start();
  advisers.start();
  const hours = library.figures.retentionHours?.value ?? 24;
  const reminders = scheduleReminders({
    store,
    takeTurn,
    clock,
    logger,
    findOutlet: ({ channel, language, reference }) => {
      const off = switches.current()?.off;
      return off?.channel.has(channel) || off?.language.has(language) ? null : (door?.outletFor(reference) ?? null);
    },
    lateDays: library.figures.reminderLateDays?.value ?? 7,
  });
  const missedDays = library.figures.missedDays?.value ?? 30;
  const expiry = scheduleExpiry({ store, clock, logger, hours, requestDays: library.desk.requestDays, missedDays });
  return {
    address,
    firstAccount,
    async tick() {
      await switches.refresh();
      await advisers.tick();
      await reminders.look();
    },
    async stop() {
      expiry.stop();
      watching.stop();
      advisers.stop();
      await Promise.all([inTime(reminders.stop(), drain.answers), server.close()]);
      await door?.stop(drain.deliveries);
      await inTime(Promise.all([store.close(), tracing?.stop()]), drain.rest);
    },
  };
}

/** `npm start`: reads the environment, serves, prints the address, and stops on a signal. */
export async function start(): Promise<Running> {
  try {
    const config = readConfig(process.env);
    const running = await serve(config);
    const { firstAccount } = running;
    if (firstAccount)
      process.stdout.write(
        `First adviser account, shown once: name ${firstAccount.name}, password ${firstAccount.password}\n`,
      );
    process.stdout.write(`Guichet is ready: ${config.publicUrl ?? originOf(running.address)}/\n`);
    const stop = () => void running.stop().finally(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    return running;
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : ((error as Error).stack ?? error)}\n`);
    process.exit(1);
  }
}
