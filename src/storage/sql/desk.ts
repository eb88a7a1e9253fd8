/**
 * Tables and statements of the advisers' desk, the same for SQLite and PostgreSQL: texts, integers and `$n` only. A time is an ISO text,
 * a boolean 0 or 1, a list JSON. `{strict}` stands for what only SQLite says.
 */
export const deskTables = `
  CREATE TABLE handoffs (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    state TEXT NOT NULL,
    language TEXT NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    stage TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    claimed_by TEXT,
    claimed_at TEXT,
    last_person_at TEXT,
    last_adviser_at TEXT,
    owed_since TEXT,
    told_at TEXT,
    closed_at TEXT,
    outcome TEXT,
    helped INTEGER,
    help_reason TEXT,
    version INTEGER NOT NULL
  ) {strict};
  CREATE INDEX handoffs_state ON handoffs (state, requested_at);
  CREATE INDEX handoffs_conversation ON handoffs (conversation_id, requested_at);
  CREATE UNIQUE INDEX handoffs_open ON handoffs (conversation_id) WHERE state <> 'closed';
  CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    handoff_id TEXT NOT NULL,
    adviser TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL
  ) {strict};
  CREATE INDEX notes_handoff ON notes (handoff_id, at);
  CREATE TABLE advisers (
    name TEXT PRIMARY KEY,
    shown TEXT NOT NULL,
    hash TEXT,
    languages TEXT NOT NULL,
    ui_language TEXT NOT NULL
  ) {strict};
  CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    adviser TEXT NOT NULL,
    csrf TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
  ) {strict};
  CREATE TABLE conversation_references (conversation_id TEXT PRIMARY KEY, reference TEXT NOT NULL) {strict};
`;

/** Since the third migration: the hash of the code with which the person comes back. */
export const deskReturns = `
  ALTER TABLE handoffs ADD COLUMN return_hash TEXT;
  CREATE INDEX handoffs_return ON handoffs (return_hash) WHERE return_hash IS NOT NULL;
`;

/** Since the fourth migration: what the desk remembers for a while. */
export const deskMarks = `
  CREATE TABLE marks (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
  ) {strict};
`;

const markColumns = 'kind, id, value, ends_at AS "until", version';
const columns = `id, conversation_id AS "conversationId", state, language, channel, reason, stage, requested_at AS "requestedAt",
  claimed_by AS "claimedBy", claimed_at AS "claimedAt", last_person_at AS "lastPersonAt", last_adviser_at AS "lastAdviserAt",
  owed_since AS "owedSince", told_at AS "toldAt", closed_at AS "closedAt", outcome, helped, help_reason AS "helpReason", version`;
const asExpected = 'version = coalesce($3, version) AND claimed_by = coalesce($4, claimed_by)';
const grown = 'version = version + 1';

/** $n are numbered in the order of the values that `deskStatements` callers give. */
export const deskStatements = {
  // Steps of a commit: $1 = handoff id (or conversation), $2 = time.
  deskOpen: `INSERT INTO handoffs (id, conversation_id, state, language, channel, reason, stage, requested_at, last_person_at, version,
      return_hash)
    SELECT $1, $3, 'waiting', $4, $5, $6, $7, $2, $2, 1, $8
    WHERE NOT EXISTS (SELECT 1 FROM handoffs WHERE conversation_id = $3 AND state <> 'closed')`,
  deskClaim: `UPDATE handoffs SET state = 'talking', claimed_by = $3, claimed_at = $2, owed_since = $2, ${grown}
    WHERE id = $1 AND state = 'waiting'`,
  deskSpeak: `UPDATE handoffs SET last_adviser_at = $2, owed_since = NULL, ${grown}
    WHERE id = $1 AND state = 'talking' AND claimed_by = $3`,
  deskTouch: `UPDATE handoffs SET owed_since = CASE WHEN owed_since IS NULL THEN NULL ELSE $2 END, ${grown}
    WHERE id = $1 AND state = 'talking' AND claimed_by = $3`,
  deskRequeue: `UPDATE handoffs SET state = 'waiting', claimed_by = $5, claimed_at = NULL, owed_since = NULL, ${grown}
    WHERE id = $1 AND state = 'talking' AND $2 <> '' AND ${asExpected}`,
  deskEnd: `UPDATE handoffs SET state = 'closed', closed_at = $2, outcome = $5, owed_since = NULL, ${grown}
    WHERE id = $1 AND state = 'talking' AND ${asExpected}`,
  deskTell: `UPDATE handoffs SET told_at = $2, ${grown}
    WHERE id = $1 AND state = 'waiting' AND told_at IS NULL AND version = coalesce($3, version)`,
  deskHear: `UPDATE handoffs SET last_person_at = $2,
    owed_since = CASE WHEN state = 'talking' THEN coalesce(owed_since, $2) ELSE owed_since END, ${grown}
    WHERE conversation_id = $1 AND state <> 'closed'`,
  deskWithdraw: `UPDATE handoffs SET state = 'closed', closed_at = $2, outcome = 'withdrawn', owed_since = NULL, ${grown}
    WHERE conversation_id = $1 AND state = 'waiting'`,
  deskJudge: `UPDATE handoffs SET helped = $3, help_reason = coalesce($4, help_reason), ${grown}
    WHERE id = (SELECT id FROM handoffs WHERE conversation_id = $1 AND state = 'closed' ORDER BY requested_at DESC LIMIT 1) AND $2 <> ''`,
  // Erasure: what is left are numbers.
  deskForgetNotes: 'DELETE FROM notes WHERE handoff_id IN (SELECT id FROM handoffs WHERE conversation_id = $1)',
  deskForget: `UPDATE handoffs SET conversation_id = '#' || id, claimed_by = NULL, return_hash = NULL,
    outcome = CASE WHEN state = 'closed' THEN outcome ELSE 'erased' END,
    closed_at = CASE WHEN state = 'closed' THEN closed_at ELSE last_person_at END, state = 'closed', ${grown}
    WHERE conversation_id = $1`,
  deskDropReference: 'DELETE FROM conversation_references WHERE conversation_id = $1',
  deskForgetReference: 'DELETE FROM conversation_references WHERE conversation_id = $1',
  deskForgetOld: `DELETE FROM handoffs WHERE state = 'closed' AND substr(conversation_id, 1, 1) = '#' AND requested_at < $1`,
  // Reading and keeping.
  deskOpenOnes: `SELECT ${columns} FROM handoffs WHERE state <> 'closed' ORDER BY requested_at, id`,
  deskOne: `SELECT ${columns} FROM handoffs WHERE id = $1`,
  deskNewest: `SELECT ${columns} FROM handoffs WHERE conversation_id = $1 ORDER BY requested_at DESC, id LIMIT 1`,
  deskByReturn: `SELECT ${columns} FROM handoffs WHERE return_hash = $1`,
  deskSince: `SELECT ${columns} FROM handoffs WHERE requested_at >= $1 ORDER BY requested_at, id`,
  deskAddNote:
    'INSERT INTO notes (id, handoff_id, adviser, at, text) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
  deskNotes: 'SELECT id, handoff_id AS "handoffId", adviser, at, text FROM notes WHERE handoff_id = $1 ORDER BY at, id',
  deskAccount: 'SELECT name, shown, hash, languages, ui_language AS "uiLanguage" FROM advisers WHERE name = $1',
  deskAccounts: 'SELECT name, shown, hash, languages, ui_language AS "uiLanguage" FROM advisers ORDER BY name',
  deskSaveAccount: `INSERT INTO advisers (name, shown, hash, languages, ui_language) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name) DO UPDATE SET shown = $2, hash = $3, languages = $4, ui_language = $5`,
  deskFirstAccount: `INSERT INTO advisers (name, shown, hash, languages, ui_language)
    SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM advisers) ON CONFLICT DO NOTHING`,
  deskRemoveAccount: 'DELETE FROM advisers WHERE name = $1',
  deskRemoveSessions: 'DELETE FROM sessions WHERE adviser = $1',
  deskOpenSession: 'INSERT INTO sessions (hash, adviser, csrf, expires_at, seen_at) VALUES ($1, $2, $3, $4, $5)',
  deskSession: `SELECT hash, adviser, csrf, expires_at AS "expiresAt", seen_at AS "seenAt" FROM sessions WHERE hash = $1`,
  deskSeeSession: 'UPDATE sessions SET seen_at = $2 WHERE hash = $1',
  deskEndSession: 'DELETE FROM sessions WHERE hash = $1',
  deskEndSessions: 'DELETE FROM sessions WHERE expires_at <= $1',
  deskSessions: `SELECT hash, adviser, csrf, expires_at AS "expiresAt", seen_at AS "seenAt" FROM sessions WHERE seen_at >= $1`,
  deskReference: 'SELECT reference FROM conversation_references WHERE conversation_id = $1',
  deskKeepReference: `INSERT INTO conversation_references (conversation_id, reference) VALUES ($1, $2)
    ON CONFLICT (conversation_id) DO UPDATE SET reference = $2`,
  deskMark: `SELECT ${markColumns} FROM marks WHERE kind = $1 AND id = $2`,
  deskMarks: `SELECT ${markColumns} FROM marks WHERE kind = $1 ORDER BY id`,
  deskNewMark:
    'INSERT INTO marks (kind, id, value, ends_at, version) VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO NOTHING',
  deskMoveMark: `UPDATE marks SET value = $3, ends_at = $4, ${grown} WHERE kind = $1 AND id = $2 AND version = $5`,
  deskDropMark: 'DELETE FROM marks WHERE kind = $1 AND id = $2 AND version = $3',
  deskDropMarks: 'DELETE FROM marks WHERE ends_at <= $1',
  deskSend: 'INSERT INTO outbox (id, conversation_id, payload, about) VALUES ($1, $2, $3, $4)',
} as const;

/** The statements that leave nothing of a conversation but numbers. */
export const forgetWrites = ['deskForgetNotes', 'deskForget', 'deskForgetReference'] as const;

export type DeskStatement = keyof typeof deskStatements;

/**
 * True for a conversation (`conversations.id`) with a request for a person made since the time in the given placeholder that is open, or
 * has ended with a word of the adviser that somebody with a return code has not answered.
 */
export const hasOpenRequest = (placeholder: string): string =>
  `EXISTS (SELECT 1 FROM handoffs WHERE conversation_id = conversations.id AND requested_at >= ${placeholder}
    AND (state <> 'closed' OR (return_hash IS NOT NULL AND last_adviser_at > last_person_at)))`;
