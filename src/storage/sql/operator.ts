/**
 * What operators switch off, and questions without an answer; the same for SQLite and PostgreSQL. A switch is never changed: the newest
 * row of a kind and name says how it stands, the others are its history. A question has no conversation and no time of day.
 */
export const operatorTables = `
  CREATE TABLE switches (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT {sorted} NOT NULL,
    off INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (kind, name, at)
  ) {strict};
  CREATE TABLE missed_questions (
    id TEXT PRIMARY KEY,
    day TEXT {sorted} NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL
  ) {strict};
`;

/** $n are numbered in the order of the values that callers give. */
export const operatorStatements = {
  switchTurn: 'INSERT INTO switches (kind, name, at, off, who, why) VALUES ($1, $2, $3, $4, $5, $6)',
  switchHistory: 'SELECT kind, name, at, off, who, why FROM switches ORDER BY at, kind, name',
  missedKeep: 'INSERT INTO missed_questions (id, day, language, text) VALUES ($1, $2, $3, $4)',
  missedAll: 'SELECT day, language, text FROM missed_questions ORDER BY language, day, id',
  missedForget: 'DELETE FROM missed_questions WHERE day < $1',
} as const;

export type OperatorStatement = keyof typeof operatorStatements;
