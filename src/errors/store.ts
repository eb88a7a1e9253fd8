import type { Entry } from './entry';

/** Errors of the store. */
export const storeErrors = {
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
