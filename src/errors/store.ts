import type { Entry } from './entry';

/** Errors of the store and of what waits in it for delivery. */
export const storeErrors = {
  DELIVERY_FAILED: {
    status: 500,
    level: 'warn',
    message: 'An answer is still waiting for its channel.',
    remedy:
      'Nothing to do at once: it is tried again, with growing pauses. When it lasts, check the way out to the connector.',
  },
  DELIVERY_GIVEN_UP: {
    status: 500,
    level: 'error',
    message: 'An answer could not be delivered in a day.',
    remedy: 'It is thrown away. Earlier DELIVERY_FAILED lines tell the status: check the way out to the connector.',
  },
  DELIVERY_REFUSED: {
    status: 500,
    level: 'error',
    message: 'The channel does not take an answer.',
    remedy: 'The status in the log line tells why: 401 or 403 = app registration, 404 = the conversation is gone.',
  },
  OUTBOX_UNREADABLE: {
    status: 500,
    level: 'error',
    message: 'The list of waiting answers could not be read or written.',
    remedy:
      'Check the store: disk space, rights of DATA_DIR, the database. It is tried again each second; only the first failure, and its end, are logged.',
  },
  PENDING_UNREADABLE: {
    status: 500,
    level: 'error',
    message: 'The list of messages whose turn is not stored yet could not be read or written.',
    remedy:
      'Check the store: disk space, rights of DATA_DIR, the database. It is tried again each second; only the first failure, and its end, are logged.',
  },
  TURN_LATE: {
    status: 500,
    level: 'warn',
    message: 'A turn took five seconds: its message was stored and acknowledged first.',
    remedy: 'Nothing to do for single cases: the answer follows. When it lasts, look at the load and at the database.',
  },
  REMINDER_FAILED: {
    status: 500,
    level: 'error',
    message: 'A reminder could not be sent.',
    remedy: 'Read the log line: usually the store. It is tried again within minutes, for some days.',
  },
  STORE_AWAY: {
    status: 503,
    level: 'error',
    message: 'Please try again in a moment.',
    remedy:
      'The database cannot be reached, or all connections are taken: check it, DATABASE_CONNECTIONS and its max_connections. Nothing is lost; it goes on by itself.',
  },
  STORE_CONNECTION: {
    status: 500,
    level: 'warn',
    message: 'A connection to the database broke.',
    remedy: 'It is opened again by itself. When it keeps breaking: the database, the network, the limits of a pooler.',
  },
  STORE_EXPIRY: {
    status: 500,
    level: 'error',
    message: 'Old conversations could not be erased.',
    remedy: 'Check the store; it is tried again at the next round. People were promised this erasure.',
  },
  SWITCHES_UNREAD: {
    status: 500,
    level: 'warn',
    message: 'What is switched off could not be read.',
    remedy: 'Check the store. What was known stands; it is read again within half a minute.',
  },
  STORE_OPEN: {
    status: 500,
    level: 'error',
    message: 'The database cannot be opened.',
    remedy:
      'Check that DATA_DIR exists, is writable and holds a database of this program, or that DATABASE_URL can be reached.',
  },
  STORE_NEWER: {
    status: 500,
    level: 'error',
    message: 'The database was written by a newer version of this program.',
    remedy: 'Start the newer version, or restore the backup that was made before the update.',
  },
} satisfies Record<string, Entry>;
