// The parts of the shell that are functions of what they are given, bundled as the desk bundles them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { catalogues, compiled } from '../words.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'desk-unit.'));
const all = catalogues(path.resolve(here, '../../../i18n/desk'));
let desk;

before(async () => {
  // What a browser would give.
  const store = new Map();
  const place = { pathname: '/office/', search: '', origin: 'http://x', hash: '' };
  Object.assign(globalThis, {
    localStorage: { getItem: (name) => store.get(name) ?? null, setItem: (name, value) => store.set(name, value), removeItem: (name) => store.delete(name) },
    document: { documentElement: {}, addEventListener() {}, hidden: false }, location: place, history: {}, addEventListener() {}, EventSource: class {},
  });
  // The clocks of the page would keep this program alive.
  globalThis.setInterval = () => 0;
  const entry = path.join(folder, 'entry.ts');
  const source = (name) => JSON.stringify(path.join(here, '../src', name));
  fs.writeFileSync(entry, `export * as words from ${source('shell/words.ts')}; export * as client from ${source('shell/client.ts')}; export * as later from ${source('shell/later.ts')};`);
  await esbuild.build({
    entryPoints: [entry], outfile: path.join(folder, 'desk.mjs'), bundle: true, format: 'esm', platform: 'neutral', logLevel: 'silent', mainFields: ['module', 'main'],
    nodePaths: [path.resolve(here, '../../node_modules')],
    plugins: [{ name: 'words', setup(build) {
      build.onResolve({ filter: /^desk:languages$/ }, () => ({ path: 'languages', namespace: 'desk' }));
      build.onLoad({ filter: /./, namespace: 'desk' }, () => ({ contents: `const all = ${JSON.stringify({ en: compiled(all, 'en'), fr: compiled(all, 'fr'), pl: compiled(all, 'pl') })};
        export default Object.fromEntries(Object.entries(all).map(([language, words]) => [language, Object.fromEntries([['a', false], ['b', true]].map(([group, late]) => [group, async () => {
          await new Promise((done) => setTimeout(done, late ? 5 : 0));
          return { default: [[], Object.fromEntries(Object.entries(words).filter(([key]) => key.startsWith('settings.') === late))] };
        }]))]));` }));
    } }],
  });
  desk = await import(pathToFileURL(path.join(folder, 'desk.mjs')));
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

const spaces = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

test('words follow the language, with its plurals, numbers and days', async () => {
  const { speak, t, number, date, duration, percent } = desk.words;
  await speak('pl');
  assert.equal(t('shell.n_stars', { n: 1 }), '1 gwiazdka');
  assert.equal(t('shell.n_stars', { n: 3 }), '3 gwiazdki');
  assert.equal(t('shell.n_stars', { n: 5 }), '5 gwiazdek');
  await speak('fr');
  assert.equal(spaces(number(12345.5)), '12 345,5');
  assert.equal(spaces(percent(0.684)), '68 %');
  assert.equal(spaces(duration(2 * 3600 + 28 * 60)), '2 h 28');
  assert.equal(spaces(duration(-(2 * 3600 + 28 * 60))), '−2 h 28');
  assert.equal(spaces(duration(-30)), '0 min');
  await speak('en');
  assert.equal(duration(3 * 86400 + 3600), '3 d 1 h');
  assert.equal(date('2026-11-27'), 'Nov 27, 2026');  // a day is that day, wherever the reader sits
  assert.equal(t('shell.nothing_of_the_kind'), 'shell.nothing_of_the_kind');
  assert.equal(desk.words.coded('shell.role_', 'site'), 'Point of sale');
  assert.equal(desk.words.coded('shell.role_', 'janitor'), 'janitor');
});

test('words of a group come when it is opened, in the language that is spoken then', async () => {
  const { speak, t, wordsOf } = desk.words;
  const text = (language) => all.settings[language].title;
  await speak('en');
  assert.equal(t('settings.title'), 'settings.title');
  await Promise.all([wordsOf('b'), wordsOf('b')]);
  assert.equal(t('settings.title'), text('en'));
  await speak('fr');
  assert.equal(t('settings.title'), text('fr'));
  assert.notEqual(text('fr'), text('en'));
  const other = speak('pl');
  await wordsOf('b');
  await other;
  assert.equal(t('settings.title'), text('pl'));
  await speak('en');
});

test('addresses are filled and encoded', () => {
  const { address } = desk.client;
  assert.equal(address('/api/v1/cases/{case}/calls', { path: { case: 'a/b c' } }), '/api/v1/cases/a%2Fb%20c/calls');
  assert.equal(address('/api/v1/reviews', { query: { q: 'été & co', after: undefined, stars: 0, empty: '' } }), '/api/v1/reviews?q=%C3%A9t%C3%A9+%26+co&stars=0');
});

const answer = (status, body, fields = {}) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...fields } });

test('the client: ETags, keys, problems', async () => {
  const { request, Problem, csrf } = desk.client;
  const asked = [];
  csrf.value = 'token';
  globalThis.fetch = async (url, init) => {
    asked.push({ url, ...init });
    if (init.method === 'GET') return init.headers['If-None-Match'] === '"1"' ? answer(304) : answer(200, { n: 1 }, { ETag: '"1"' });
    return answer(422, { status: 422, code: 'note_missing', detail: 'say something', field: 'note' });
  };
  assert.deepEqual((await request('get', '/x')).body, { n: 1 });
  assert.deepEqual((await request('get', '/x')).body, { n: 1 });
  assert.equal(asked[1].headers['If-None-Match'], '"1"');
  await assert.rejects(request('post', '/y', { a: 1 }, { key: 'k1' }), (error) => error instanceof Problem && error.field === 'note' && error.code === 'note_missing');
  assert.equal(asked[2].headers['Idempotency-Key'], 'k1');
  assert.equal(asked[2].headers['X-CSRF-Token'], 'token');
  assert.match(new Problem(404, 'whatever').sentence, /outside your area/);
});

test('what is written without the net is kept and sent once, in order', async () => {
  const { sendOrKeep, sendWaiting, waiting, watch } = desk.later;
  let net = false;
  const seen = [];
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: false, languages: ['en'] }, configurable: true });
  globalThis.fetch = async (url, init) => {
    if (!net) throw new TypeError('no net');
    seen.push([url, init.headers['Idempotency-Key'], JSON.parse(init.body).note]);
    return url === '/refused' ? answer(409, { status: 409, code: 'closed' }) : answer(200, {});
  };
  watch('luc@example.org');
  assert.equal(await sendOrKeep('post', '/calls', { note: 'one' }, 'a call', 'k1'), undefined);
  assert.equal(await sendOrKeep('post', '/refused', { note: 'two' }, 'a call', 'k2'), undefined);
  assert.equal(waiting.value.length, 2);
  watch('somebody@else.example');
  assert.equal(waiting.value.length, 0);  // a shared phone: only one's own
  watch('luc@example.org');
  net = true;
  await new Promise((resolve) => setTimeout(resolve, 10));
  await sendWaiting();
  assert.deepEqual(seen.filter(([url]) => url === '/calls'), [['/calls', 'k1', 'one']]);
  assert.equal(waiting.value.length, 1);
  assert.equal(waiting.value[0].key, 'k2');
  assert.match(waiting.value[0].refused, /no longer possible/);
  await sendWaiting();
  assert.equal(seen.filter(([url]) => url === '/refused').length, 1);  // refused for good: not asked again
});
