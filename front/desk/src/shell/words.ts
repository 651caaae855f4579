// The words of the house, in the reader's language, and figures, days and durations as that language writes them.
// Messages were read at build time (words.mjs): a text, or a list of texts and arguments.
import { signal } from '@preact/signals';
import all from 'desk:languages';
import type { Key } from 'desk:made/words';
import { keep, kept } from './kept.ts';

type Part = string | ['#'] | [name: string, kind?: string, choices?: string | Record<string, Message>];
export type Message = string | Part[];
export type Arguments = Record<string, string | number | Date>;
export type { Key };

export const languages: Record<string, string> = {
  fr: 'Français', en: 'English', de: 'Deutsch', es: 'Español', it: 'Italiano', pt: 'Português', nl: 'Nederlands', pl: 'Polski',
};

/** Numbered, for keys that stand whole in the source; by name, for those put together (build.mjs). */
export type Catalogue = [numbered: Message[], named: Record<string, Message>];

/** By group of screens, 'a' the frame's: each group's words come with its scripts (build.mjs). */
const shown = signal<{ language: string; messages: Record<string, Catalogue> }>({ language: 'en', messages: {} });
const wanted = new Map<string, Promise<void>>([['a', Promise.resolve()]]);

export const language = () => shown.value.language;

const known = (tag: string | null | undefined) => {
  const short = tag?.slice(0, 2).toLowerCase() ?? '';
  return short in languages ? short : undefined;
};

/** The reader's own choice, else the account's, else the browser's. */
export const preferred = (account?: string) =>
  known(kept('language')) ?? known(account) ?? navigator.languages.map(known).find((one) => one !== undefined) ?? 'en';

export async function speak(tag: string, chosen = false): Promise<void> {
  if (chosen) keep('language', tag);
  const loaders = all[tag];
  if (!loaders) return;
  const messages: Record<string, Catalogue> = {};
  // A group may be opened meanwhile.
  for (let missing = [...wanted.keys()]; missing.length > 0; missing = [...wanted.keys()].filter((group) => !(group in messages)))
    await Promise.all(missing.map(async (group) => { messages[group] = (await loaders[group]!()).default; }));
  shown.value = { language: tag, messages };
  document.documentElement.lang = tag;
}

/** Before the first screen of a group is shown. Fails where the net does. */
export function wordsOf(group: string): Promise<void> {
  const under = wanted.get(group);
  if (under) return under;
  const tag = language();
  const coming = (async () => {
    const { default: catalogue } = await all[tag]![group]!();
    if (language() === tag) shown.value = { language: tag, messages: { ...shown.value.messages, [group]: catalogue } };
  })();
  wanted.set(group, coming);
  coming.catch(() => wanted.delete(group));
  return coming;
}

const cached = new Map<string, unknown>();
function made<T>(name: string, make: (language: string) => T): T {
  const key = `${language()} ${name}`;
  let found = cached.get(key) as T | undefined;
  if (found === undefined) cached.set(key, (found = make(language())));
  return found;
}

export const number = (value: number, digits?: number) =>
  made(`number ${digits ?? ''}`, (tag) => new Intl.NumberFormat(tag, digits === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value);
export const percent = (share: number, digits = 0) =>
  made(`percent ${digits}`, (tag) => new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits })).format(share);
export const signed = (value: number, digits = 0) =>
  made(`signed ${digits}`, (tag) => new Intl.NumberFormat(tag, { signDisplay: 'exceptZero', minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value).replace('-', '−');  // a minus is as wide as a plus

type Moment = string | number | Date;
const whole: Record<string, Intl.DateTimeFormatOptions> = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
};
/** A day alone ("2026-11-20") has no time zone: it is that day everywhere. */
export function date(value: Moment, style: keyof typeof whole = 'day', timeZone?: string): string {
  const bare = typeof value === 'string' && /^\d{4}-\d\d(-\d\d)?$/.test(value);
  const zone = bare ? 'UTC' : timeZone;
  return made(`date ${style} ${zone ?? ''}`, (tag) => new Intl.DateTimeFormat(tag, { ...whole[style], timeZone: zone })).format(new Date(value));
}

export const compare = (a: string, b: string) => made('order', (tag) => new Intl.Collator(tag, { numeric: true })).compare(a, b);
export const languageName = (code: string) => { try { return made('languages', (tag) => new Intl.DisplayNames(tag, { type: 'language' })).of(code) ?? code; } catch { return code; } };
export const countryName = (code: string) => { try { return made('regions', (tag) => new Intl.DisplayNames(tag, { type: 'region' })).of(code) ?? code; } catch { return code; } };
export const listing = (items: string[]) => made('list', (tag) => new Intl.ListFormat(tag, { type: 'conjunction' })).format(items);

/** "3 h 32", "12 min", "2 d 4 h": two units at most, from seconds of either sign. */
export function duration(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const sign = seconds < 0 && minutes > 0 ? '−' : '';
  const days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24;
  if (days > 0) return sign + t('shell.days_hours', { d: days, h: hours });
  if (hours > 0) return sign + t('shell.hours_minutes', { h: hours, m: String(minutes % 60).padStart(2, '0') });
  return sign + t('shell.minutes', { m: minutes });
}

/** "3 hours ago", "in 2 days". */
export function ago(value: Moment, now = Date.now()): string {
  const seconds = Math.round((new Date(value).getTime() - now) / 1000);
  const format = made('relative', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  const [size, unit] = ([[86400 * 365, 'year'], [86400 * 30, 'month'], [86400, 'day'], [3600, 'hour'], [60, 'minute']] as const).find(([one]) => Math.abs(seconds) >= one) ?? [60, 'minute'];
  return format.format(Math.trunc(seconds / size), unit);
}

export function say(message: Message, values: Arguments = {}, count?: number): string {
  if (typeof message === 'string') return message;
  return message.map((part) => {
    if (typeof part === 'string') return part;
    const [name, kind, choices] = part;
    if (name === '#') return number(count ?? 0);
    const value = values[name] ?? '';
    if (typeof choices === 'object') {
      if (kind === 'select') return say(choices[String(value)] ?? choices.other!, values, count);
      const type = kind === 'plural' ? 'cardinal' : 'ordinal';
      const rule = made(`plural ${type}`, (tag) => new Intl.PluralRules(tag, { type })).select(Number(value));
      return say(choices[`=${value}`] ?? choices[rule] ?? choices.other!, values, Number(value));
    }
    if (kind === 'number') return choices === 'percent' ? percent(Number(value)) : number(Number(value));
    if (kind === 'date') return date(value, choices === 'short' ? 'short' : 'day');
    if (kind === 'time') return date(value, 'time');
    return typeof value === 'number' ? number(value) : value instanceof Date ? date(value) : value;
  }).join('');
}

const find = (key: string): Message | undefined => {
  const { messages } = shown.value;
  if (key[0] === '~') return messages[key[1]!]?.[0][parseInt(key.slice(2), 36)];
  for (const group in messages) if (messages[group]![1][key] !== undefined) return messages[group]![1][key];
  return undefined;
};

/** Inside a component it follows the language; a key nobody wrote shows itself. */
export function t(key: Key, values?: Arguments): string {
  const message = find(key);
  return message === undefined ? key : say(message, values);
}

/** For codes that come from outside: t('moderation.reason_insult') where there is such a word, else the code as it is. */
export function coded(area: string, code: string, values?: Arguments): string {
  const message = find(`${area}${code}`);
  return message === undefined ? code : say(message, values);
}
