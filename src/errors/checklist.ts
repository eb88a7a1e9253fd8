import type { Entry } from './entry';

/** What can go wrong with the checklist to take along. */
export const checklistErrors = {
  PDF_OFF: {
    status: 503,
    level: 'warn',
    message: 'PDFs cannot be made here.',
    remedy:
      'The PDF engine has no build for this platform, or npm left it out (--omit=optional). Everything else works; the page prints.',
  },
  PDF_BUSY: {
    status: 503,
    level: 'warn',
    message: 'Many PDFs are being made. Please try again in a minute.',
    remedy: 'Nothing to do for single cases: documents are made one after the other. When it lasts, add an instance.',
  },
  PDF_FAILED: {
    status: 500,
    level: 'error',
    message: 'The PDF could not be made.',
    remedy:
      'Read the log line: assets/checklist and assets/fonts must lie beside the program. The page prints as well.',
  },
} as const satisfies Record<string, Entry>;
