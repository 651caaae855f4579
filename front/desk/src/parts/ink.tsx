// Small things said the same way everywhere: the customer's words, stars in ink, time left.
import { now } from '../shell/clock.ts';
import { date, duration, languageName, number, t, language } from '../shell/words.ts';

export interface Mark { start: number; end: number; title?: string; kind?: string }

/** The customer's words in the serif, in their own language; marks by Unicode code points. */
export function Voice({ text, lang, marks = [], large, title }: { text: string; lang?: string; marks?: Mark[]; large?: boolean; title?: boolean }) {
  const letters = Array.from(text);
  const parts: (string | { text: string; title?: string })[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const start = Math.max(mark.start, at), end = Math.min(mark.end, letters.length);
    if (end <= start) continue;
    if (start > at) parts.push(letters.slice(at, start).join(''));
    parts.push({ text: letters.slice(start, end).join(''), title: mark.title });
    at = end;
  }
  if (at < letters.length) parts.push(letters.slice(at).join(''));
  const tag = lang && lang !== 'und' ? lang : undefined;
  return (
    <p class={`voice${large ? ' large' : ''}${title ? ' voice-title' : ''}`} lang={tag} dir="auto">
      {parts.map((part, index) => (typeof part === 'string' ? part : <mark key={index} title={part.title}>{part.text}</mark>))}
    </p>
  );
}

/** Where the words are in another language than the house speaks. */
export const Lang = ({ of }: { of?: string }) => (of && of !== 'und' && of.slice(0, 2) !== language() ? <span class="lang">{languageName(of)}</span> : null);

const star = 'M10 1.8l2.3 5.6 6.1.5-4.7 3.9 1.5 5.9-5.2-3.2-5.2 3.2 1.5-5.9-4.7-3.9 6.1-.5z';
/** A drawing of full stars, always with its figure for those who do not see it. */
export function Stars({ of }: { of: number | null | undefined }) {
  if (of === null || of === undefined) return <span class="soft">{t('shell.no_stars')}</span>;
  return (
    <span class="stars" role="img" aria-label={t('shell.stars', { n: number(of, Number.isInteger(of) ? 0 : 1) })}>
      {[0, 1, 2, 3, 4].map((at) => {
        const share = Math.min(Math.max(of - at, 0), 1);
        return <svg key={at} viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d={star} class="off" />{share > 0 && <path d={star} class="on" clip-path={share < 1 ? `inset(0 ${100 - share * 100}% 0 0)` : undefined} />}</svg>;
      })}
    </span>
  );
}

/** Time left as a figure and a thin draining bar; red below `alarmBelow` seconds and when it is over. */
export function TimeLeft({ due, from, stopped, late, alarmBelow = 4 * 3600 }: { due: string; from?: string; stopped?: string | null; late?: boolean; alarmBelow?: number }) {
  const end = Date.parse(due), start = from ? Date.parse(from) : end - 86400000;
  const at = stopped ? Date.parse(stopped) : now.value;
  const left = Math.trunc((end - at) / 1000);
  const alarm = late || left < alarmBelow;
  const share = Math.max(0, Math.min(1, (end - at) / Math.max(1, end - start)));
  return (
    <span class={alarm && !stopped ? 'left alarm' : late ? 'left alarm' : 'left'}>
      <time datetime={due} title={date(due, 'full')}>{duration(left)}</time>
      <svg class="drain" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="3" /><rect width={share * 100} height="3" /></svg>
    </span>
  );
}

export const Kbd = ({ children }: { children: string }) => <kbd aria-hidden="true">{children}</kbd>;
