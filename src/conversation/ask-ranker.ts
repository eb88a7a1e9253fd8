import { inTime, late } from '../in-time';
import type { Understanding, UnderstandingContext } from '../nlu/understanding';
import type { Logger, Ranker } from './ports';

/** Milliseconds that a plugged-in ranker has for one message. */
export const rankerMilliseconds = 300;

/** Understands one message, with the ranking of a plugged-in ranker when it comes in time. */
export async function understandWith(
  {
    understand,
    rank,
    logger,
  }: {
    understand(text: string, context: UnderstandingContext): Understanding;
    rank?: Ranker;
    logger: Logger;
  },
  text: string,
  context: UnderstandingContext,
): Promise<Understanding> {
  const meant = understand(text, context);
  if (!rank || meant.crisis !== null) return meant;
  const { profile, topic, asked } = context;
  try {
    const ranking = rank(meant.maskedText, meant.language.code, { profile, topic, asked });
    const ranked = await inTime(ranking, rankerMilliseconds);
    if (ranked === late) logger.warn({ code: 'RANKER_LATE' }, 'the ranker was late');
    return Array.isArray(ranked) && ranked.length > 0 ? understand(text, { ...context, ranked }) : meant;
  } catch (error) {
    logger.warn({ code: 'RANKER_FAILED', error }, 'the ranker failed');
    return meant;
  }
}
