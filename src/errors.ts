import { adviserErrors } from './errors/advisers';
import { checklistErrors } from './errors/checklist';
import type { Entry } from './errors/entry';
import { storeErrors } from './errors/store';

/** Every error that leaves the program or ends it, `AREA_REASON`. `docs/errors.md` shows the same list; a test compares the two. */
export const errorCatalogue = {
  EDGE_URL: {
    status: 400,
    level: 'info',
    message: 'The address or the Host header cannot be read.',
    remedy: 'Nothing to do for single cases. When a proxy causes it, make it pass the Host header unchanged.',
  },
  EDGE_ENCODING: {
    status: 415,
    level: 'info',
    message: 'Bodies must be sent without Content-Encoding.',
    remedy: 'Turn off request compression in the client or the proxy.',
  },
  EDGE_TYPE: {
    status: 415,
    level: 'info',
    message: 'The body must be application/json in UTF-8.',
    remedy: 'Send Content-Type: application/json.',
  },
  EDGE_SIZE: {
    status: 413,
    level: 'info',
    message: 'The body is too large.',
    remedy: 'Nothing to do: messages are far smaller. Repeated cases are probes.',
  },
  EDGE_JSON: {
    status: 400,
    level: 'info',
    message: 'The body is not valid JSON.',
    remedy: 'Look at the client that sends it.',
  },
  EDGE_SHAPE: {
    status: 400,
    level: 'info',
    message: 'The body must be a JSON object.',
    remedy: 'Look at the client that sends it.',
  },
  EDGE_DEPTH: {
    status: 400,
    level: 'info',
    message: 'The body is nested too deeply.',
    remedy: 'Nothing to do: real messages are flat. Repeated cases are probes.',
  },
  HTTP_NOT_FOUND: {
    status: 404,
    level: 'info',
    message: 'There is nothing at this address.',
    remedy: 'Check the path. /api/messages exists only when an app id is configured or in development.',
  },
  HTTP_METHOD: {
    status: 405,
    level: 'info',
    message: 'This address does not answer that method.',
    remedy: 'See the Allow header of the answer.',
  },
  HTTP_LIMIT: {
    status: 429,
    level: 'info',
    message: 'Too many requests. Please try again in a moment.',
    remedy: 'When many people share one address (a reception desk), raise the limit of new conversations per minute.',
  },
  HTTP_UNAUTHORIZED: {
    status: 401,
    level: 'info',
    message: 'A valid key is required.',
    remedy: 'Send the configured key as a bearer token.',
  },
  HTTP_INTERNAL: {
    status: 500,
    level: 'error',
    message: 'Something went wrong on our side.',
    remedy: 'A bug or a broken disk or database: read the log line with the same code.',
  },
  ACTIVITY_INVALID: {
    status: 400,
    level: 'info',
    message: 'This is not a usable activity.',
    remedy: 'Look at the client that sends it: an activity is a JSON object with at least a type.',
    wire: 'BadArgument',
  },
  DIRECTLINE_ARGUMENT: {
    status: 400,
    level: 'info',
    message: 'A field of the request has the wrong form.',
    remedy: 'Compare the request with the Direct Line 3.0 reference; user ids in tokens start with dl_.',
    wire: 'BadArgument',
  },
  DIRECTLINE_UNAUTHORIZED: {
    status: 401,
    level: 'info',
    message: 'A valid token is required.',
    remedy: 'The page must ask for a token first. After a change of the data directory old tokens are void.',
    wire: 'Unauthorized',
  },
  DIRECTLINE_EXPIRED: {
    status: 403,
    level: 'info',
    message: 'The token has expired.',
    remedy:
      'Normal after a long pause: the page asks for a new token. When frequent, compare the clocks of the machines.',
    wire: 'TokenExpired',
  },
  DIRECTLINE_FORBIDDEN: {
    status: 403,
    level: 'info',
    message: 'The token belongs to another conversation.',
    remedy: 'Nothing to do for single cases. Repeated cases are probes.',
    wire: 'Forbidden',
  },
  DIRECTLINE_SECRET: {
    status: 403,
    level: 'info',
    message: 'Tokens cannot be made with this key.',
    remedy: 'Set DIRECTLINE_SECRET to let other servers make tokens; web pages use /api/directline/token instead.',
    wire: 'Forbidden',
  },
  DIRECTLINE_ORIGIN: {
    status: 403,
    level: 'warn',
    message: 'This page may not start a conversation here.',
    remedy: 'Set PUBLIC_URL to the address that people see; add further pages to the trusted origins.',
    wire: 'Forbidden',
  },
  DIRECTLINE_UNKNOWN: {
    status: 404,
    level: 'info',
    message: 'There is no such conversation.',
    remedy: 'Normal after a conversation has been erased or has expired: the page starts a new one.',
    wire: 'ConversationNotFound',
  },
  DIRECTLINE_CODE: {
    status: 404,
    level: 'info',
    message: 'This code leads to no conversation.',
    remedy:
      'Normal for a typing mistake, or when the conversation has been erased. Repeated cases are attempts to guess.',
    wire: 'CodeNotFound',
  },
  DIRECTLINE_UPLOAD: {
    status: 415,
    level: 'info',
    message: 'Files are not accepted.',
    remedy: 'Nothing to do: papers are never sent to this service.',
    wire: 'UnsupportedMediaType',
  },
  DIRECTLINE_SOCKETS: {
    status: 429,
    level: 'info',
    message: 'Too many connections to one conversation.',
    remedy: 'Nothing to do: old connections of the same conversation close by themselves.',
    wire: 'TooManyRequests',
  },
  DIRECTLINE_TURN: {
    status: 500,
    level: 'error',
    message: 'The message could not be stored.',
    remedy: 'The store refused the turn: check disk space, rights of DATA_DIR and the database.',
    wire: 'BotError',
  },
  ...adviserErrors,
  ...checklistErrors,
  ...storeErrors,
  CHANNEL_REFUSED: {
    status: 401,
    level: 'warn',
    message: 'The caller is not a channel that we know.',
    remedy: 'Compare app id and tenant with the Azure Bot registration. Repeated cases are probes.',
  },
  SERVICE_URL_REFUSED: {
    status: 400,
    level: 'warn',
    message: 'Answers are not sent to that address.',
    remedy: 'In development only loopback addresses are answered; in production see SERVICE_URL_HOSTS.',
  },
  TURN_NOT_STORED: {
    status: 500,
    level: 'error',
    message: 'The message could not be stored.',
    remedy:
      'The store refused the turn: check disk space, rights of DATA_DIR and the database. The channel sends it again; one that was acknowledged is taken up again within a minute.',
  },
  TURN_FAILED: {
    status: 500,
    level: 'error',
    message: 'The person got the apology instead of an answer.',
    remedy: 'A bug or broken content: read the log line; the answers that the person gave before are safe.',
  },
  BOTFRAMEWORK_TURN: {
    status: 500,
    level: 'error',
    message: 'Something went wrong on our side.',
    remedy: 'An error inside the Bot Framework adapter: read the log line. The channel sends the message again.',
  },
  CHANNEL_KEYS_UNREACHABLE: {
    status: 503,
    level: 'error',
    message: 'Please try again in a moment.',
    remedy: 'The signing keys of the Bot Framework cannot be fetched: check the way out to login.botframework.com.',
  },
  RANKER_LATE: {
    status: 500,
    level: 'warn',
    message: 'The plugged-in ranker was late.',
    remedy: 'The built-in ranking answered. Make the ranker faster, or unset RANKER.',
  },
  RANKER_FAILED: {
    status: 500,
    level: 'warn',
    message: 'The plugged-in ranker failed.',
    remedy: 'The built-in ranking answered. Look at the error of the module that RANKER names.',
  },
  TRANSLATOR_LATE: {
    status: 500,
    level: 'warn',
    message: 'The plugged-in translation was late.',
    remedy: 'The text went on without one. Make the translation faster, or unset TRANSLATOR.',
  },
  TRANSLATOR_FAILED: {
    status: 500,
    level: 'warn',
    message: 'The plugged-in translation failed.',
    remedy: 'The text went on without one. Look at the module that TRANSLATOR names.',
  },
  PAGE_MISSING: {
    status: 500,
    level: 'error',
    message: 'The web pages are missing.',
    remedy: 'Run npm run build; the folders public/ and dist/public must lie beside the program.',
  },
} as const satisfies Record<string, Entry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;

/** The catalogue's row of a code. */
export const errorEntry = (code: ErrorCode): Entry => errorCatalogue[code];

/** An error with a code of the catalogue; `detail` is for the log and must hold nothing a person wrote. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    const { message, remedy } = errorEntry(code);
    super(`${code}: ${message}${detail ? ` (${detail})` : ''} ${remedy}`, options);
    this.name = 'CodedError';
    this.code = code;
  }
}
