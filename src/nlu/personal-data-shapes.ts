// Shapes of the numbers that identify a person, on plain text (plain-text.ts): ASCII digits, simple spaces.

/** What may stand between the groups of a number. */
export const gap = "[ .\\-_/,·|*()\\\\:;']";
const local = '[\\p{L}\\d._%+-]{1,64}';
const host = '[\\p{L}\\d-]{1,63}';
const dot =
  '(?: {0,2}\\.|\\. {1,2}(?=(?:com|fr|org|net|eu|uk|de|es|it|pt|ro|ru|ma|tn|dz)(?![\\p{L}\\d]))| ?[[({<] ?(?:dot|point|punto|ponto) ?[\\])}>] ?| (?:dot|point|punkt|punto|ponto) )';
const provider =
  '(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|live|orange|free|sfr|laposte|proton|protonmail|pm|gmx|msn|wanadoo|mail|yandex|aol|bbox|web|qq)';
const at = '@|[[({<] ?(?:at|arobase|arroba|a) ?[\\])}>]';
const dottedLocal = `(?:[\\p{L}\\d_%+-]{1,40}(?: (?:dot|point|punto|ponto) )){0,3}${local}`;
export const emails = [
  new RegExp(`${dottedLocal} {0,3}(?:${at}) {0,3}${host}(?:${dot}${host}){1,4}`, 'giu'),
  new RegExp(`${local}@${host}`, 'giu'),
  new RegExp(`${dottedLocal} (?:arobase|arobas|arroba|chiocciola) ${host}(?:${dot}${host}){1,4}`, 'giu'),
  new RegExp(
    `${dottedLocal} at (?:${host} (?:dot|point) ${host}(?:${dot}${host}){0,3}|${provider}${dot}${host}(?:\\.${host})?)`,
    'giu',
  ),
];
export const mayBeEmail = /[@＠﹫]|\bat\b|\b(?:arob|arro|chioc)|[[({<] ?a ?[\])}>]/i;

export const ibanStart = new RegExp(
  `([A-Za-z]{2})(${gap}{0,3})\\d${gap}{0,3}\\d(?=(?:${gap}{0,3}[A-Za-z\\d]){11})`,
  'g',
);
export const rib = new RegExp(
  `(?<!\\d)(?:\\d{5}${gap}{1,3}\\d{5}${gap}{1,3}[A-Za-z\\d]{11}${gap}{1,3}\\d{2}|\\d{23})(?!\\d)`,
  'g',
);
export const nir = new RegExp(
  `(?<!\\d)[1-478]${gap}{0,6}\\d\\d${gap}{0,6}\\d\\d${gap}{0,6}(?:\\d\\d|2[AaBb])${gap}{0,6}\\d{3}${gap}{0,6}\\d{3}` +
    `(?:\\d|${gap}{0,6}(?:(?:cl[eé]|key)${gap}{0,4})?\\d\\d)?(?!\\d)`,
  'g',
);
/** The same sign or two between all groups, whichever they are: `1=84=12…`, `{1}{84}{12}…`. */
const same = '( ?[^\\p{L}\\d ]{1,2} ?)';
export const nirApart = new RegExp(
  `(?<!\\d)[1-478]${same}\\d\\d\\1\\d\\d\\1(?:\\d\\d|2[AaBb])\\1\\d{3}\\1\\d{3}(?:\\1\\d\\d)?(?!\\d)`,
  'gu',
);
export const phoneApart = new RegExp(`(?<!\\d)0[1-9]${same}\\d\\d(?:\\1\\d\\d){3}(?!\\d)`, 'gu');
export const ibanApart = new RegExp(
  `[A-Z]{2}\\d\\d${same}[A-Z\\d]{4}(?:\\1[A-Z\\d]{4}){2,6}(?:\\1[A-Z\\d]{1,3})?`,
  'giu',
);
/** Four groups of four, American Express, or one piece. */
export const card = new RegExp(
  `(?<!\\d)(?:[2-6]\\d{3}${gap}{1,4}\\d{4}${gap}{1,4}\\d{4}${gap}{1,4}\\d{4}(?:${gap}{1,4}\\d{3})?|3[47]\\d\\d${gap}{0,4}\\d{6}${gap}{0,4}\\d{5}|[2-6]\\d{15}(?:\\d{3})?)(?!\\d)`,
  'g',
);
export const frenchPhone = new RegExp(
  `(?<!\\d)(?:(?:\\+|00) ?33${gap}{0,3}(?:0${gap}{0,3})?|0)[1-9](?:${gap}{0,3}\\d\\d){4}(?!\\d)`,
  'g',
);
export const foreignPhone = new RegExp(`(?:\\+|(?<!\\d)00)${gap}{0,2}[1-9](?:${gap}{0,3}\\d){7,14}(?!\\d)`, 'g');
export const american = /(?<!\d)\(?[2-9]\d\d\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?!\d)/g;
/** Digits with little between them. */
export const cluster = /(?<!\d)\d(?:[ .\-_/,·|*()]{0,3}\d)*/g;
export const dateOrTime =
  /(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([ /.-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d|(?:19|20)\d\d([/.-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])|(?<!\d\.)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.\d)|[012]?\d(?::|h)[0-5]\d(?::[0-5]\d)?)(?!\d)/g;
export const amountAfter =
  /^ ?(?:€|%|\$|£|(?:euros?|eur|usd|dollars?|pounds?|livres?|dh|dirhams?|dinars?|fcfa|cfa|habitants?|inhabitants|personnes|people|assur[ée]s)(?![\p{L}]))/iu;
export const phoneBefore =
  /(?:t[ée]l|phone|mobile|portable|whatsapp|signal|telegram|viber|sms|text(?: me)?|contacte|num[ée]ro|number|\bnum|n°|appel|call|joindre|rappel|handy|cell|ring|n[uú]mero|nummer|numar|тел|номер|电话|手机|号码|هاتف|رقم)[^\d]{0,25}$/iu;
export const phoneAfter =
  /^[^\d\p{L}]{0,4}(?:is|c'?est|est|это)?[ ']{0,2}(?:my|mon|me|мой) ?(?:phone|number|num|t[ée]l|cell)/iu;
export const passportWord =
  /pas{1,2}e?ports?|паспорт|جواز|护照|護照|pasaport|pasaporte|passaporte|passaporto|reisepass|pașaport/giu;
export const permitWord =
  /titre|s[ée]jour|r[ée]c[ée]piss[ée]|permis|permit|residence|agdref|[ée]tranger|foreigner|visa|vls|anef|carte|card|file|dossier|asile|asylum|attestation|ofpra|ausweis|permesso|permiso/giu;
export const documentNumber =
  /(?<![\p{L}\d])(?:[A-Za-z]{1,3}-?\d{6,9}|[A-Z]{1,2} \d{6,9}|\d{2} ?[A-Za-z]{2} ?\d{5}|[A-Za-z]\d{2}[A-Za-z]{2}\d{4,5}|[A-Za-z]\d{7}[A-Za-z]|\d{7,10}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{2}[ .-]\d{2}[ .-]\d{6}|\d{2}[ .-]\d{7}|\d{4}[ .-]\d{6})(?![\p{L}\d])/gu;
