import type { Entry } from './entry';

/** What can go wrong at the advisers' desk. */
export const adviserErrors = {
  ADVISER_PASSWORD: {
    status: 401,
    level: 'info',
    message: 'Name or password is wrong.',
    remedy: 'The adviser can try again; a new password is made with npm run adviser.',
  },
  ADVISER_SLOW: {
    status: 429,
    level: 'info',
    message: 'Too many wrong passwords. Please wait a little.',
    remedy: 'Normal after many wrong passwords from one address. Repeated cases are attempts to guess one.',
  },
  ADVISER_UNKNOWN: {
    status: 401,
    level: 'info',
    message: 'Please sign in.',
    remedy: 'Normal after twelve hours: the adviser signs in again.',
  },
  ADVISER_FORBIDDEN: {
    status: 403,
    level: 'info',
    message: 'This request does not come from the console.',
    remedy: 'Nothing to do for single cases: the console sends its key in x-csrf-token. Repeated cases are probes.',
  },
  ADVISER_ARGUMENT: {
    status: 400,
    level: 'info',
    message: 'A field of the request has the wrong form.',
    remedy: 'Compare the request with docs/adviser-api.md.',
  },
  HANDOFF_UNKNOWN: {
    status: 404,
    level: 'info',
    message: 'There is no such request.',
    remedy: 'Normal when the person has erased the conversation, or it has expired.',
  },
  HANDOFF_TAKEN: {
    status: 409,
    level: 'info',
    message: 'The request has changed meanwhile.',
    remedy: 'Normal when somebody was faster: the console reads the list again.',
  },
  HANDOFF_UNREACHABLE: {
    status: 409,
    level: 'warn',
    message: 'The person cannot be written to through this channel.',
    remedy: 'The channel gave no address for later messages (expectReplies), or its door is closed here.',
  },
  HANDOFF_VERDICT: {
    status: 409,
    level: 'info',
    message: 'No result stands yet.',
    remedy: 'Nothing to do: the rules still ask something about the person.',
  },
  OIDC_REFUSED: {
    status: 403,
    level: 'info',
    message: 'This sign-in cannot be used. Please start again from the console.',
    remedy: 'The way took longer than ten minutes, began elsewhere, or the account lacks the role of OIDC_ROLE.',
  },
  OIDC_FAILED: {
    status: 502,
    level: 'warn',
    message: 'The sign-in service did not answer as expected.',
    remedy:
      'Compare OIDC_ISSUER, OIDC_CLIENT_ID and the registered address (PUBLIC_URL/adviser/oidc/back) with the provider.',
  },
  DESK_WEBHOOK: {
    status: 502,
    level: 'warn',
    message: 'The team could not be told that somebody waits.',
    remedy: 'Check DESK_WEBHOOK_URL and the way out. The request itself is safe in the queue.',
  },
  HANDOFF_UNREADABLE: {
    status: 500,
    level: 'error',
    message: 'The requests for advisers could not be read.',
    remedy: 'The store cannot be read: check disk and database. It is tried again within seconds.',
  },
  STAFF_CHAT: {
    status: 500,
    level: 'error',
    message: 'The advisers in Teams could not be served.',
    remedy: 'Read the log line: usually the store. Nothing is lost: it is made up at the next look, seconds later.',
  },
  HANDOFF_CLOCK: {
    status: 500,
    level: 'error',
    message: 'What is overdue could not be carried out.',
    remedy: 'Read the log line: usually the store. It is tried again within seconds.',
  },
} satisfies Record<string, Entry>;
