// Builds the desk: node front/desk/build.mjs --out FILE [--types FOLDER] [--sizes]. Runs on Node 18, needs esbuild and Preact of
// front/package.json. FILE is a pack: one line of JSON (entry, style, words, files), then the files' bytes one after the other;
// edge/office reads it. Names carry their content's hash, so everything but the page itself may be kept for a year.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { catalogues, compiled, languages } from './words.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const modules = path.join(root, 'front/node_modules');

// The fonts the public pages use too, under the addresses they have there (cmake/embed.cmake).
function faces() {
  let css = fs.readFileSync(path.join(root, 'assets/fonts.css'), 'utf8');
  for (const [, name] of [...css.matchAll(/url\(fonts\/([\w-]+)\.woff2\)/g)]) {
    const file = path.join(modules, '@fontsource-variable', name.replace(/-latin.*/, ''), 'files', `${name}-wght-normal.woff2`);
    if (!fs.existsSync(file)) return '';
    const hash = createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 10);
    css = css.replace(`url(fonts/${name}.woff2)`, `url(/a/fonts/${name}.${hash}.woff2)`);
  }
  return css;
}

const list = (folder, ending) => (fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [])
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .flatMap((one) => (one.isDirectory() ? list(path.join(folder, one.name), ending) : one.name.endsWith(ending) ? [path.join(folder, one.name)] : []));

/** Screens that are opened together travel together: a file of scripts and a file of words for each group. A folder not named is its own. */
const together = { work: ['today', 'cases', 'reviews'], figures: ['headquarters', 'product', 'findings', 'network', 'reports'] };
const groupOf = (folder) => Object.keys(together).find((group) => together[group].includes(folder)) ?? folder;

const lazy = /import\('(\.\/(\w+)\/\w+\.tsx)'\)/g;
const screens = [...fs.readFileSync(path.join(here, 'src/screens/index.ts'), 'utf8').matchAll(lazy)].map(([, file, folder]) => ({ file, group: groupOf(folder) }));
/** The frame, which everybody loads, and the groups. */
const groups = ['frame', ...new Set(screens.map(({ group }) => group))];

/** {file: the groups whose scripts hold it}, by what each file imports. */
function reached() {
  const found = new Map();
  const walk = (file, group) => {
    if (!found.has(file)) found.set(file, new Set());
    if (found.get(file).has(group)) return;
    found.get(file).add(group);
    for (const [, to] of fs.readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+\.tsx?)'/gm)) walk(path.resolve(path.dirname(file), to), group);
  };
  walk(path.join(here, 'src/main.tsx'), 'frame');
  for (const { file, group } of screens) walk(path.resolve(here, 'src/screens', file), group);
  return found;
}

/**
 * Where each key's text goes, and under which name. It goes with the one group whose files say it, or into the frame. A third of the words'
 * bytes would be their keys: one that stands whole in the source ('cases.title') is a number in the bundle; one that is put together
 * (`cases.state_${state}`, coded('cases.outcome_', code)) keeps its name, and so does every key that begins like it.
 */
export function placed(all) {
  const keys = Object.entries(all).flatMap(([area, byLanguage]) => Object.keys(byLanguage.en ?? {}).map((key) => `${area}.${key}`)).sort();
  const areas = Object.keys(all).join('|');
  const beginnings = new Map(), standing = new Map();
  const note = (map, key, these) => map.set(key, new Set([...(map.get(key) ?? []), ...these]));
  for (const [file, these] of reached()) {
    const source = fs.readFileSync(file, 'utf8');
    for (const [, beginning] of source.matchAll(new RegExp(`[\`'"]((?:${areas})\\.\\w*)(?:\\$\\{|['"]\\s*[,+])`, 'g'))) if (!keys.includes(beginning)) note(beginnings, beginning, these);
    for (const [, , key] of source.matchAll(new RegExp(`(['"\`])((?:${areas})\\.\\w+)\\1`, 'g'))) note(standing, key, these);
  }
  // "reviews.read" may be a permission as well as a word: such a text stays as it is.
  const permissions = fs.readFileSync(path.join(root, 'src/record/access/permissions.cpp'), 'utf8');
  const places = new Map();
  const count = new Map();
  for (const key of keys) {
    const begun = [...beginnings].filter(([beginning]) => key.startsWith(beginning));
    const these = new Set([...(standing.get(key) ?? []), ...begun.flatMap(([, some]) => [...some])]);
    // What no source names is asked for by a name from outside (code, problem).
    const group = these.size === 1 ? [...these][0] : 'frame';
    if (!standing.has(key) || begun.length > 0 || permissions.includes(`"${key}"`)) { places.set(key, { group }); continue; }
    const at = count.get(group) ?? 0;
    count.set(group, at + 1);
    places.set(key, { group, name: `~${String.fromCharCode(97 + groups.indexOf(group))}${at.toString(36)}` });
  }
  return places;
}

// "styles" is every stylesheet of the tree: the screens' code is loaded when it is wanted, their few lines of style at once.
const grouped = (file, source) => (!file.endsWith(path.join('screens', 'index.ts')) ? source
  : source.replace(lazy, (whole, screen) => {
    const at = screens.findIndex(({ file: one }) => one === screen);
    return at < 0 ? whole : `import('desk:screens/${screens[at].group}').then(async (all) => { await all.words(); return { default: all.s${at} }; })`;
  }));

const virtual = (all, places) => ({
  name: 'desk',
  setup(build) {
    build.onResolve({ filter: /^desk:/ }, ({ path: name }) => ({ path: name.slice(5), namespace: 'desk' }));
    build.onLoad({ filter: /./, namespace: 'desk' }, ({ path: name }) => {
      if (name === 'faces.css') return { contents: faces(), loader: 'css', resolveDir: here };
      if (name === 'styles.css') {
        const files = ['shell', 'parts', 'screens'].flatMap((folder) => list(path.join(here, 'src', folder), '.css'));
        return { contents: ['desk:faces.css', ...files].map((file) => `@import ${JSON.stringify(file)};`).join('\n'), loader: 'css', resolveDir: here };
      }
      if (name.startsWith('words/')) {
        const [, language, group] = name.split('/');
        const said = compiled(all, language);
        const mine = [...places].filter(([, place]) => place.group === group);
        const named = Object.fromEntries(mine.filter(([, place]) => !place.name).map(([key]) => [key, said[key]]));
        return { contents: `export default ${JSON.stringify([mine.filter(([, place]) => place.name).map(([key]) => said[key]), named])}`, loader: 'js', resolveDir: here };
      }
      if (name.startsWith('screens/')) {
        const group = name.slice(8);
        const lines = screens.flatMap((screen, at) => (screen.group === group ? [`export { default as s${at} } from ${JSON.stringify(screen.file)};`] : []));
        lines.push("import { wordsOf } from '../shell/words.ts';", `export const words = () => wordsOf('${String.fromCharCode(97 + groups.indexOf(group))}');`);
        return { contents: lines.join('\n'), loader: 'js', resolveDir: path.join(here, 'src/screens') };
      }
      if (name === 'languages') {
        const lines = languages.map((language) => `${language}: {${groups.map((group, at) => `${String.fromCharCode(97 + at)}: () => import("desk:words/${language}/${group}")`).join(',')}}`);
        return { contents: `export default {${lines.join(',')}}`, loader: 'js', resolveDir: here };
      }
      return { errors: [{ text: `there is no desk:${name}` }] };
    });
    build.onLoad({ filter: /[/\\]front[/\\]desk[/\\]src[/\\].*\.tsx?$/ }, ({ path: file }) => ({
      contents: grouped(file, fs.readFileSync(file, 'utf8')).replace(/(['"`])([a-z_]+\.\w+)\1/g, (whole, quote, key) => (places.get(key)?.name ? `${quote}${places.get(key).name}${quote}` : whole)),
      loader: file.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
});


export async function build() {
  const all = catalogues(path.join(root, 'i18n/desk'));
  const places = placed(all);
  const result = await esbuild.build({
    entryPoints: { desk: path.join(here, 'src/main.tsx'), style: 'desk:styles.css' },
    outdir: '/a/desk',
    bundle: true, write: false, splitting: true, format: 'esm', minify: true, metafile: true, charset: 'utf8', legalComments: 'none', logLevel: 'silent',
    target: ['chrome123', 'firefox121', 'safari17.5'],  // light-dark()
    jsx: 'automatic', jsxImportSource: 'preact', nodePaths: [modules], external: ['/a/*'],
    entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', plugins: [virtual(all, places)],
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
  });
  const files = result.outputFiles.map((file) => ({ name: path.basename(file.path), bytes: Buffer.from(file.contents) })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const outputs = Object.entries(result.metafile.outputs);
  const of = (entry) => path.basename(outputs.find(([, output]) => output.entryPoint === entry)?.[0] ?? '');
  const entry = outputs.find(([name]) => /^desk-\w+\.js$/.test(path.basename(name)) && result.metafile.outputs[name].entryPoint?.endsWith('main.tsx'));
  const style = outputs.find(([name]) => /^style-\w+\.css$/.test(path.basename(name)));
  const words = Object.fromEntries(languages.map((language) => [language, Object.fromEntries(groups.map((group) => [group, of(`desk:words/${language}/${group}`)]))]));
  // What the entry imports at once: told to the browser in the page, so that nothing waits for what it could have begun.
  const early = entry[1].imports.filter((one) => one.kind === 'import-statement').map((one) => path.basename(one.path));
  const imported = (name, found = new Set()) => {
    if (found.has(name)) return found;
    found.add(name);
    for (const one of result.metafile.outputs[name].imports) if (one.kind === 'import-statement' && result.metafile.outputs[one.path]) imported(one.path, found);
    return found;
  };
  const scripts = Object.fromEntries(groups.map((group) => {
    const begun = group === 'frame' ? entry[0] : outputs.find(([, output]) => output.entryPoint === `desk:screens/${group}`)[0];
    return [group, [...imported(begun)].map((one) => path.basename(one))];
  }));
  return { scripts, entry: path.basename(entry[0]), style: path.basename(style[0]), words, early, files, all, inputs: result.metafile.outputs };
}

/** Every key with its arguments, so that t() knows a wrong one. */
function types(all) {
  const keys = Object.entries(all).flatMap(([area, byLanguage]) => Object.keys(byLanguage.en ?? byLanguage.fr ?? {}).map((key) => JSON.stringify(`${area}.${key}`)));
  return `// Made by build.mjs.\nexport type Key = ${keys.join('\n  | ')};\n`;
}

const gz = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** Bytes, compressed: of all scripts, the style and the words; and of what is loaded for the screens of one group, in the largest language. */
export function sizes(built) {
  const of = (name) => gz(built.files.find((file) => file.name === name).bytes);
  const said = new Set(Object.values(built.words).flatMap((one) => Object.values(one)));
  const rows = built.files.filter((file) => file.name.endsWith('.js') && !said.has(file.name)).map((file) => [file.name, gz(file.bytes)]);
  const style = of(built.style);
  const words = Object.fromEntries(Object.entries(built.words).map(([language, one]) => [language, Object.values(one).reduce((sum, name) => sum + of(name), 0)]));
  const day = Object.fromEntries(groups.map((group) => {
    const scripts = [...new Set([...built.scripts.frame, ...built.scripts[group]])].reduce((sum, name) => sum + of(name), 0);
    const most = Math.max(...Object.values(built.words).map((one) => [...new Set(['frame', group])].reduce((sum, name) => sum + of(one[name]), 0)));
    return [group, scripts + style + most];
  }));
  return { rows, style, words, day, total: rows.reduce((sum, [, size]) => sum + size, 0) + style + Math.max(...Object.values(words)) };
}

async function main() {
  const option = (name) => { const at = process.argv.indexOf(name); return at < 0 ? undefined : process.argv[at + 1]; };
  const built = await build();
  if (option('--out')) {
    const index = { entry: built.entry, style: built.style, words: built.words, early: built.early, files: built.files.map((file) => ({ name: file.name, size: file.bytes.length })) };
    fs.mkdirSync(path.dirname(option('--out')), { recursive: true });
    fs.writeFileSync(option('--out'), Buffer.concat([Buffer.from(JSON.stringify(index) + '\n'), ...built.files.map((file) => file.bytes)]));
  }
  if (option('--types')) {
    fs.mkdirSync(option('--types'), { recursive: true });
    fs.writeFileSync(path.join(option('--types'), 'words.d.ts'), types(built.all));
  }
  if (process.argv.includes('--sizes')) {
    const all = sizes(built);
    for (const [name, size] of all.rows) console.log(`${String(size).padStart(7)}  ${name}`);
    console.log(`${String(all.style).padStart(7)}  ${built.style}`);
    for (const [language, size] of Object.entries(all.words)) console.log(`${String(size).padStart(7)}  words ${language}`);
    for (const [group, size] of Object.entries(all.day)) console.log(`${String(size).padStart(7)}  ${group === 'frame' ? 'the frame, its words and the style' : `the same with the screens of ${group}`}`);
    console.log(`${String(all.total).padStart(7)}  in all, gzip: scripts, style and the largest language`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => { console.error(error.errors ? error.errors.map((one) => `${one.location?.file ?? ''}:${one.location?.line ?? ''} ${one.text}`).join('\n') : error.message); process.exit(1); });
}
