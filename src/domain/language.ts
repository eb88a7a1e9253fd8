/** Languages of the interface. `live` ones are offered; the others are known but not yet complete. */
export type LanguageInfo = { code: string; name: string; direction: 'ltr' | 'rtl'; live: boolean };
