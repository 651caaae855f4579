// Every area in every language: the same keys, the same arguments, the plural forms the language needs. And the reader of messages.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { catalogues, compile, languages, shape } from '../words.mjs';

const all = catalogues(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../i18n/desk'));

/** What is wrong with these catalogues. */
function faults(areas) {
  const found = [];
  for (const [area, byLanguage] of Object.entries(areas)) {
    const keys = [...new Set(Object.values(byLanguage).flatMap(Object.keys))].sort();
    for (const language of languages) {
      const here = byLanguage[language];
      if (!here) { found.push(`${area}: there is no ${language}.json`); continue; }
      for (const key of keys) {
        const where = `${area}/${language} ${key}`;
        if (!here[key]) { found.push(`${where} is missing`); continue; }
        let mine;
        try { mine = shape(compile(here[key])); } catch (error) { found.push(`${where}: ${error.message}`); continue; }
        let wanted;
        try { wanted = shape(compile(byLanguage.en?.[key] ?? '')); } catch { continue; }
        const told = (one) => JSON.stringify(Object.entries(one.arguments).sort());
        if (told(mine) !== told(wanted)) found.push(`${where}: arguments ${told(mine)}, English has ${told(wanted)}`);
        for (const { kind, choices } of mine.plurals) {
          const needed = new Intl.PluralRules(language, { type: kind === 'plural' ? 'cardinal' : 'ordinal' }).resolvedOptions().pluralCategories;
          // "many" of French, Spanish, Italian, Portuguese is for millions: "other" reads the same.
          for (const one of needed) if (!choices.includes(one) && !(one === 'many' && language !== 'pl')) found.push(`${where}: the plural lacks "${one}"`);
          for (const one of choices) if (!one.startsWith('=') && !needed.includes(one) && !['other', 'many'].includes(one)) found.push(`${where}: the plural has "${one}", which ${language} does not know`);
        }
        if (/^\s|\s$/.test(here[key])) found.push(`${where} begins or ends with a space`);
      }
      for (const key of Object.keys(here)) if (!(key in (byLanguage.en ?? {}))) found.push(`${area}/${language} ${key} is not in English`);
    }
  }
  return found;
}

test('all areas are complete in eight languages', () => {
  assert.ok(Object.keys(all).length >= 2);
  assert.deepEqual(faults(all), []);
});

// What --set alone may give has no words here: the desk does not show it (src/app/server/shelf.cpp).
test('every setting the desk shows has a name, a help, its choices and a heading', () => {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
  const families = /std::string_view family : \{([^}]*)\}/.exec(fs.readFileSync(path.join(root, 'src/app/server/shelf.cpp'), 'utf8'));
  assert.ok(families, 'shelf.cpp names the families set at the start alone');
  const atStart = [...families[1].matchAll(/"([^"]+)"/g)].map(([, family]) => family);
  const table = [...fs.readFileSync(path.join(root, 'src/record/network/settings.cpp'), 'utf8').matchAll(/^ {4}\{"([a-z0-9_.]+)", (\w+), "[^"]*", [^\n]*?(?:"((?:\w+\|)+\w+)")?\},$/gm)];
  const shown = table.filter(([, key]) => !atStart.some((family) => key.startsWith(family)));
  assert.ok(shown.length > 40 && atStart.length > 4, `${shown.length} settings, ${atStart.length} families`);
  const wanted = shown.flatMap(([, key, kind, choices]) => {
    const code = key.replaceAll('.', '_');
    return [`name_${code}`, `help_${code}`, `family_${key.slice(0, key.indexOf('.'))}`, ...(kind === 'choice' ? choices.split('|').map((one) => `choice_${one}`) : [])];
  });
  assert.deepEqual([...new Set(wanted)].filter((key) => !(key in all.values.en)), [], 'i18n/desk/values lacks');
  assert.deepEqual(Object.keys(all.values.en).filter((key) => !wanted.includes(key)), [], 'i18n/desk/values has what no setting wants');
});

test('the check finds what is wrong', () => {
  const right = Object.fromEntries(languages.map((language) => [language, { a: '{n, plural, one {#} other {#}}', b: 'x {who}' }]));
  right.pl.a = '{n, plural, one {#} few {#} many {#} other {#}}';
  assert.deepEqual(faults({ right }), []);
  const planted = structuredClone(right);
  delete planted.de.b;
  planted.fr.b = 'x {whom}';
  planted.pl.a = right.en.a;
  planted.es.b = 'x {who';
  const found = faults({ planted });
  assert.equal(found.length, 5, found.join('\n'));
});

test('messages are read as ICU reads them', () => {
  assert.equal(compile('plain'), 'plain');
  assert.equal(compile("it''s"), "it's");
  assert.equal(compile("l'avis"), "l'avis");
  assert.equal(compile("'{'n'}'"), '{n}');
  assert.deepEqual(compile('a {b} c'), ['a ', ['b'], ' c']);
  assert.deepEqual(compile('{n, number}'), [['n', 'number', '']]);
  assert.deepEqual(compile('{s, plural, =0 {none} one {# thing} other {# things}}'), [['s', 'plural', { '=0': 'none', one: [['#'], ' thing'], other: [['#'], ' things'] }]]);
  assert.deepEqual(compile('{x, select, yes {y {n, plural, one {#} other {#}}} other {}}'), [['x', 'select', { yes: ['y ', ['n', 'plural', { one: [['#']], other: [['#']] }]], other: '' }]]);
  for (const bad of ['{', '}', '{a', '{a, plural, one {x}}', '{a, spellout}']) assert.throws(() => compile(bad), undefined, bad);
});
