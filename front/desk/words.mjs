// The desk's words: ICU MessageFormat read once, at build time, into small trees that src/shell/words.ts says. What stands here is
// the part of ICU the desk may use: arguments, number, date, time, plural (with offset-free "=n"), selectordinal, select.
import fs from 'node:fs';
import path from 'node:path';

export const languages = ['fr', 'en', 'de', 'es', 'it', 'pt', 'nl', 'pl'];

class Reader {
  constructor(text) { this.text = text; this.at = 0; }
  fail(why) { throw new Error(`${why} at ${this.at} in "${this.text}"`); }
  space() { while (/\s/.test(this.text[this.at] ?? '')) this.at++; }
  word() {
    this.space();
    const found = /^[\w=.%:-]+/.exec(this.text.slice(this.at));
    if (!found) this.fail('a word is missing');
    this.at += found[0].length;
    this.space();
    return found[0];
  }
  take(sign) {
    if (this.text[this.at] !== sign) this.fail(`"${sign}" is missing`);
    this.at++;
  }

  // A message up to the end, or up to the brace that closes it.
  message(inside, plural) {
    const parts = [];
    let plain = '';
    const flush = () => { if (plain) parts.push(plain); plain = ''; };
    while (this.at < this.text.length) {
      const sign = this.text[this.at];
      if (sign === "'") {  // ICU: '' is an apostrophe; before a brace or # it quotes; else it is itself
        const next = this.text[this.at + 1];
        if (next === "'") { plain += "'"; this.at += 2; continue; }
        if (next === '{' || next === '}' || (plural && next === '#')) {
          const end = this.text.indexOf("'", this.at + 1);
          plain += this.text.slice(this.at + 1, end < 0 ? undefined : end);
          this.at = end < 0 ? this.text.length : end + 1;
          continue;
        }
        plain += sign; this.at++;
      } else if (sign === '{') { flush(); parts.push(this.argument()); }
      else if (sign === '}') {
        if (!inside) this.fail('a brace too many');
        flush();
        return parts;
      } else if (sign === '#' && plural) { flush(); parts.push(['#']); this.at++; }
      else { plain += sign; this.at++; }
    }
    if (inside) this.fail('a brace is missing');
    flush();
    return parts;
  }

  argument() {
    this.take('{');
    const name = this.word();
    if (this.text[this.at] === '}') { this.at++; return [name]; }
    this.take(',');
    const kind = this.word();
    if (['number', 'date', 'time'].includes(kind)) {
      let style = '';
      if (this.text[this.at] === ',') { this.at++; style = this.word(); }
      this.take('}');
      return [name, kind, style];
    }
    if (!['plural', 'selectordinal', 'select'].includes(kind)) this.fail(`"${kind}" is not known here`);
    this.take(',');
    const choices = {};
    for (this.space(); this.text[this.at] !== '}'; this.space()) {
      const choice = this.word();
      this.take('{');
      choices[choice] = simple(this.message(true, kind !== 'select'));
      this.take('}');
    }
    if (choices.other === undefined) this.fail('"other" is missing');
    this.at++;
    return [name, kind, choices];
  }
}

const simple = (parts) => (parts.length === 0 ? '' : parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts);

export const compile = (text) => simple(new Reader(text).message(false, false));

/** Every argument with its kind, and the choices of each plural: what two languages must agree on. */
export function shape(message, found = { arguments: {}, plurals: [] }) {
  if (typeof message === 'string') return found;
  for (const part of message) {
    if (typeof part === 'string' || part[0] === '#') continue;
    const [name, kind = 'text', choices] = part;
    found.arguments[name] = kind;
    if (typeof choices !== 'object') continue;
    if (kind !== 'select') found.plurals.push({ kind, choices: Object.keys(choices) });
    else found.arguments[name] = `select ${Object.keys(choices).sort().join(' ')}`;
    for (const one of Object.values(choices)) shape(one, found);
  }
  return found;
}

/** {area: {language: {key: text}}} of i18n/desk. */
export function catalogues(folder) {
  const all = {};
  for (const area of fs.readdirSync(folder).sort()) {
    if (!fs.statSync(path.join(folder, area)).isDirectory()) continue;
    all[area] = {};
    for (const language of languages) {
      const file = path.join(folder, area, `${language}.json`);
      if (fs.existsSync(file)) all[area][language] = JSON.parse(fs.readFileSync(file, 'utf8'));
    }
  }
  return all;
}

/** One language of all areas, keys "area.key"; English where a text is missing (the test suite says which). */
export function compiled(all, language) {
  const out = {};
  for (const [area, byLanguage] of Object.entries(all)) {
    for (const [key, text] of Object.entries({ ...byLanguage.en, ...byLanguage[language] })) {
      try { out[`${area}.${key}`] = compile(text); } catch (error) { throw new Error(`i18n/desk/${area}/${language}.json, ${key}: ${error.message}`); }
    }
  }
  return out;
}
