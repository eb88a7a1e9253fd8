// The dossier: what is known of the person and with which words, the verdict and why, documents, articles shown.
import { say } from './alarm.js';
import { api, troubleOf } from './api.js';
import { askFact } from './correct.js';
import { botText, byId, fill, make, setText, unmask, written } from './dom.js';
import { state } from './state.js';
import { mine } from './talk.js';
import { language, languageName, slotLabel, slotValue, t, tOr } from './text.js';

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

/** The person's version of a text, when it is another. */
const both = (own, theirs, code) =>
  theirs && theirs !== own
    ? make('span', { className: 'theirs' }, `${t('file.theirs')} : `, written('span', theirs, { lang: code }))
    : null;

function factRow(fact, code, refresh) {
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
      refresh && mine()
        ? Object.assign(
            button(t('file.correct'), `fact-${fact.slot}`, () => correct(fact.slot, refresh)),
            { ariaLabel: `${t('file.correct')} : ${label}` },
          )
        : null,
      fact.words ? make('span', { className: 'words' }, `${t('file.said')} : `, written('q', fact.words)) : null,
      fact.byAdviser ? make('span', { className: 'words', textContent: t('file.byAdviser') }) : null,
      code === language() ? null : both(value, fact.theirs, code),
    ),
  );
}

async function correct(slot, refresh) {
  const id = state.open;
  const known = Object.fromEntries((state.detail?.dossier?.facts ?? []).map((fact) => [fact.slot, fact.value]));
  const change = await askFact(known, slot);
  if (!change || !id) return;
  const result = await api.correct(id, change.slot, change.value);
  tell(result.ok ? 'file.saved' : result.status === 400 ? 'file.refused' : troubleOf(result));
  await refresh();
}

async function sendVerdict(refresh) {
  const id = state.open;
  if (!id) return;
  const result = await api.verdict(id);
  tell(result.ok ? 'file.verdictSent' : troubleOf(result));
  await refresh();
}

/** Says what came of an action, seen and heard. */
function tell(key) {
  setText(byId('file-state'), t(key));
  say(t(key));
}

function facts({ facts: known = [], others = [], language: code }, refresh) {
  const list = (all, change) => make('dl', {}, ...all.map((fact) => factRow(fact, code, change)));
  return [
    heading('file.facts'),
    known.length ? list(known, refresh) : plain('file.noFacts'),
    mine() ? button(t('file.add'), 'add', () => correct(undefined, refresh)) : null,
    ...others.flatMap((other) => [
      make('h4', { textContent: `${t('file.other')} : ${slotValue('subject', other.relation)}` }),
      other.facts?.length ? list(other.facts) : plain('file.noFacts'),
    ]),
  ];
}

/** A small heading with a list, when there is something to list. */
const listed = (key, items) => (items.length ? [make('h4', { textContent: t(key) }), make('ul', {}, ...items)] : []);

function verdict({ outcome, language: code }, refresh) {
  if (!outcome) return [heading('file.outcome'), plain('file.noOutcome')];
  const { rules = [], reasons = [], sources = [], unknowns = [], assumed = [] } = outcome;
  const names = (slots) => slots.map((one) => written('li', one.label ?? slotLabel(one.slot ?? one)));
  return [
    heading('file.outcome'),
    make(
      'p',
      {},
      written('strong', outcome.title ?? outcome.id),
      ' ',
      make('span', { className: 'tag', textContent: tOr(`certainty.${outcome.certainty}`, unmask(outcome.certainty)) }),
    ),
    outcome.text ? botText('p', outcome.text, { className: 'said' }) : null,
    code === language()
      ? null
      : both(outcome.title, [outcome.theirs, outcome.textTheirs].filter(Boolean).join('. '), code),
    ...listed(
      'file.rules',
      rules.map((rule) => written('li', rule.why ?? rule)),
    ),
    ...listed(
      'file.toConfirm',
      reasons.map((reason) => written('li', reason.why ?? reason)),
    ),
    ...listed('file.unknowns', names(unknowns)),
    ...listed('file.assumed', names(assumed)),
    ...listed(
      'file.sources',
      sources.map((one) => make('li', {}, link(one.name ?? one.title ?? one, one.site ?? one.url))),
    ),
    mine() ? button(t('file.verdict'), 'verdict', () => sendVerdict(refresh)) : null,
  ];
}

function papers({ checklist = [], language: code }) {
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
              code === language() ? null : both(item.name ?? item.title, item.theirs, code),
            ),
          ),
        )
      : plain('file.noDocuments'),
  ];
}

function rest({ asked, articles = [], language: code, channel, stage }) {
  const question = asked && (asked.title || asked.label || slotLabel(asked.slot ?? asked));
  const rows = [
    ['file.language', languageName(code)],
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
            make(
              'li',
              {},
              written('span', one.title ?? one),
              code === language() ? null : both(one.title, one.theirs, code),
            ),
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
