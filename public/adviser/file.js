// The dossier: what is known of the person and with which words, the verdict and why, documents, articles shown.
import { say } from './alarm.js';
import { api } from './api.js';
import { askFact } from './correct.js';
import { byId, fill, make, setText, unmask, written } from './dom.js';
import { state } from './state.js';
import { mine } from './talk.js';
import { languageName, slotLabel, slotValue, t, tOr } from './text.js';

const place = byId('dossier');
let shown = '';

const heading = (key) => make('h3', { textContent: t(key) });
const plain = (key) => make('p', { className: 'soft', textContent: t(key) });
const button = (text, focusKey, run) => {
  const made = make('button', { type: 'button', className: 'quiet', textContent: text, 'data-focus': focusKey });
  made.addEventListener('click', () => void run());
  return made;
};

/** Only addresses of the web become links. */
function link(title, address) {
  const text = unmask(title);
  if (!/^https?:\/\//i.test(String(address ?? ''))) return make('span', { dir: 'auto', textContent: text });
  return make(
    'a',
    { href: address, target: '_blank', rel: 'noopener noreferrer', dir: 'auto' },
    text,
    make('span', { className: 'unseen', textContent: ` (${t('file.newTab')})` }),
  );
}

/** A text in the adviser's language with the person's beside it, when it is another. */
const both = (own, theirs, code) =>
  theirs && theirs !== own
    ? make('span', { className: 'theirs' }, `${t('file.theirs')} : `, written('span', theirs, { lang: code }))
    : null;

function factRow(fact, refresh) {
  const label = unmask(fact.label ?? slotLabel(fact.slot));
  const value = fact.shown ?? slotValue(fact.slot, fact.value);
  return make(
    'div',
    { className: 'fact' },
    written('dt', label),
    make(
      'dd',
      {},
      written('span', value, { className: 'value' }),
      fact.words ? make('span', { className: 'words' }, `${t('file.said')} : `, written('q', fact.words)) : null,
      mine()
        ? Object.assign(
            button(t('file.correct'), `fact-${fact.slot}`, () => correct(fact.slot, refresh)),
            {
              ariaLabel: `${t('file.correct')} : ${label}`,
            },
          )
        : null,
    ),
  );
}

async function correct(slot, refresh) {
  const id = state.open;
  const known = Object.fromEntries((state.detail?.dossier?.facts ?? []).map((fact) => [fact.slot, fact.value]));
  const change = await askFact(known, slot);
  if (!change || !id) return;
  const { ok, status } = await api.correct(id, change.slot, change.value);
  tell(ok ? 'file.saved' : status === 400 || status === 422 ? 'file.refused' : problem(status));
  await refresh();
}

async function sendVerdict(refresh) {
  const id = state.open;
  if (!id) return;
  const { ok, status } = await api.verdict(id);
  tell(ok ? 'file.verdictSent' : problem(status));
  await refresh();
}

/** The words for a call that did not work. */
export const problem = (status) =>
  status === 0 ? 'error.network' : status === 409 ? 'error.conflict' : status === 403 ? 'error.forbidden' : 'error.any';

/** Says what came of an action, seen and heard. */
function tell(key) {
  setText(byId('file-state'), t(key));
  say(t(key));
}

function facts({ facts: known = [] }, refresh) {
  return [
    heading('file.facts'),
    known.length ? make('dl', {}, ...known.map((fact) => factRow(fact, refresh))) : plain('file.noFacts'),
    mine() ? button(t('file.add'), 'add', () => correct(undefined, refresh)) : null,
  ];
}

function verdict({ outcome, language }, refresh) {
  if (!outcome) return [heading('file.outcome'), plain('file.noOutcome')];
  const rules = outcome.rules ?? [];
  const sources = outcome.sources ?? [];
  return [
    heading('file.outcome'),
    make(
      'p',
      {},
      make('strong', { textContent: unmask(outcome.title ?? outcome.id) }),
      ' ',
      make('span', { className: 'tag', textContent: tOr(`certainty.${outcome.certainty}`, unmask(outcome.certainty)) }),
      both(outcome.title, outcome.theirs, language),
    ),
    outcome.text ? written('p', outcome.text) : null,
    rules.length ? make('h4', { textContent: t('file.rules') }) : null,
    rules.length ? make('ul', {}, ...rules.map((rule) => written('li', rule.why ?? rule))) : null,
    sources.length ? make('h4', { textContent: t('file.sources') }) : null,
    sources.length
      ? make('ul', {}, ...sources.map((one) => make('li', {}, link(one.name ?? one.title ?? one, one.site ?? one.url))))
      : null,
    mine() ? button(t('file.verdict'), 'verdict', () => sendVerdict(refresh)) : null,
  ];
}

function papers({ checklist = [], language }) {
  return [
    heading('file.checklist'),
    checklist.length
      ? make(
          'ul',
          {},
          ...checklist.map((item) =>
            make(
              'li',
              {},
              written('span', item.name ?? item.title ?? item.id),
              item.level === 'useful' ? ' ' : null,
              item.level === 'useful' ? make('span', { className: 'tag', textContent: t('file.useful') }) : null,
              both(item.name ?? item.title, item.theirs, language),
            ),
          ),
        )
      : plain('file.noDocuments'),
  ];
}

function rest({ asked, articles = [], language, channel, stage }) {
  const question = asked && (asked.label ?? slotLabel(asked.slot ?? asked));
  const rows = [
    ['file.language', languageName(language)],
    ['file.channel', tOr(`channel.${channel}`, unmask(channel))],
    ['file.stage', stage && slotValue('stage', stage)],
    ['file.asked', question],
  ].filter(([, value]) => value);
  return [
    make('h3', { textContent: t('file.articles') }),
    articles.length
      ? make(
          'ul',
          {},
          ...articles.map((one) =>
            make('li', {}, written('span', one.title ?? one), both(one.title, one.theirs, language)),
          ),
        )
      : plain('file.none'),
    make(
      'dl',
      {},
      ...rows.map(([key, value]) =>
        make('div', { className: 'fact' }, make('dt', { textContent: t(key) }), written('dd', value)),
      ),
    ),
  ];
}

/** Shows the dossier of the open handoff; what stands there unchanged is left alone. */
export function showFile(refresh) {
  const dossier = state.open ? state.detail?.dossier : null;
  const now = dossier ? JSON.stringify([state.open, mine(), document.documentElement.lang, dossier]) : '';
  if (now === shown) return;
  const other = !shown.startsWith(JSON.stringify([state.open]).slice(0, -1));
  shown = now;
  if (other) setText(byId('file-state'), dossier ? '' : t('talk.none'));
  if (!dossier) return fill(place);
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  fill(place, ...facts(dossier, refresh), ...verdict(dossier, refresh), ...papers(dossier), ...rest(dossier));
  if (focused) (place.querySelector(`[data-focus="${CSS.escape(focused)}"]`) ?? byId('file-title')).focus();
}
