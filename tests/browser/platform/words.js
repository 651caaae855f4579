// The catalogues, so that a better wording of a page breaks no test.
import fs from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../../../i18n');
export const languages = ['en', 'fr', 'de'];
const catalogues = Object.fromEntries(languages.map((language) => [language, JSON.parse(fs.readFileSync(path.join(folder, `${language}.json`), 'utf8'))]));

export const spacesAlike = (text) => text.replace(/[\u00a0\u202f\s]+/g, ' ').trim();

/** A text without arguments, as the page shows it. */
export function words(language, key) {
  const text = catalogues[language][key];
  if (text === undefined) throw new Error(`i18n/${language}.json has no ${key}`);
  return spacesAlike(text.replaceAll("''", "'"));
}

const roots = [...new Set(Object.keys(catalogues.en).map((key) => key.split('.')[0]))];
const rawKey = new RegExp(`(?<![\\w./@-])(?:${roots.join('|')})\\.[a-z_][\\w.]*`, 'g');

/** What a reader must never see: keys of the catalogue, braces of templates, arguments of messages left over. */
export function leftovers(shown) {
  const text = shown.replace(/\breceipt\.json\b|\b\w+\.tlog-proof\b/g, '');  // names of files, which look like keys
  const keys = (text.match(rawKey) ?? []).filter((found) => catalogues.en[found] !== undefined || /^\w+\.[a-z_]+(\.[a-z_]+)*$/.test(found));
  return [...keys, ...(text.match(/\{\{|\}\}|\[\[|\]\]|\{[A-Za-z_]+[,}]/g) ?? [])];
}
