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

/**
 * A third of the words' bytes would be their keys. A key that stands whole in the source ('cases.title') is a number in the bundle; one
 * that is put together (`cases.state_${state}`, coded('cases.outcome_', code)) keeps its name, and so does every key that begins like it.
 */
export function numbered(all, sources) {
  const keys = Object.entries(all).flatMap(([area, byLanguage]) => Object.keys(byLanguage.en ?? {}).map((key) => `${area}.${key}`)).sort();
  const areas = Object.keys(all).join('|');
  const beginnings = new Set();
  const standing = new Set();
  for (const source of sources) {
    for (const [, beginning] of source.matchAll(new RegExp(`[\`'"]((?:${areas})\\.\\w*)(?:\\$\\{|['"]\\s*[,+])`, 'g'))) if (!keys.includes(beginning)) beginnings.add(beginning);
    for (const [, , key] of source.matchAll(new RegExp(`(['"\`])((?:${areas})\\.\\w+)\\1`, 'g'))) standing.add(key);
  }
  const put = [...beginnings];
  // "reviews.read" may be a permission as well as a word: such a text stays as it is.
  const permissions = fs.readFileSync(path.join(root, 'src/record/access/permissions.cpp'), 'utf8');
  const fixed = keys.filter((key) => standing.has(key) && !permissions.includes(`"${key}"`) && !put.some((beginning) => key.startsWith(beginning)));
  return new Map(fixed.map((key, at) => [key, `~${at.toString(36)}`]));
}

// "styles" is every stylesheet of the tree: the screens' code is loaded when it is wanted, their few lines of style at once.
// Two files of scripts: the frame, and the screens, fetched when the first one is opened. A file for each screen would be a third more bytes
// in all, for little else than a shorter first load of a thing that is kept for a year.
const lazy = /import\('(\.\/(\w+)\/\w+\.tsx)'\)/g;
const files = [...fs.readFileSync(path.join(here, 'src/screens/index.ts'), 'utf8').matchAll(lazy)].map(([, file]) => file);

const grouped = (file, source) => (!file.endsWith(path.join('screens', 'index.ts')) ? source
  : source.replace(lazy, (whole, screen) => (files.includes(screen) ? `import('desk:screens').then((all) => ({ default: all.s${files.indexOf(screen)} }))` : whole)));

const virtual = (all, numbers) => ({
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
        const said = compiled(all, name.slice(6));
        const named = Object.fromEntries(Object.entries(said).filter(([key]) => !numbers.has(key)));
        return { contents: `export default ${JSON.stringify([[...numbers.keys()].map((key) => said[key]), named])}`, loader: 'js', resolveDir: here };
      }
      if (name === 'screens') {
        return { contents: files.map((file, at) => `export { default as s${at} } from ${JSON.stringify(file)};`).join('\n'), loader: 'js', resolveDir: path.join(here, 'src/screens') };
      }
      if (name === 'languages') {
        const lines = languages.map((language) => `${language}: () => import("desk:words/${language}")`);
        return { contents: `export default {${lines.join(',')}}`, loader: 'js', resolveDir: here };
      }
      return { errors: [{ text: `there is no desk:${name}` }] };
    });
    build.onLoad({ filter: /[/\\]front[/\\]desk[/\\]src[/\\].*\.tsx?$/ }, ({ path: file }) => ({
      contents: grouped(file, fs.readFileSync(file, 'utf8')).replace(/(['"`])([a-z_]+\.\w+)\1/g, (whole, quote, key) => (numbers.has(key) ? `${quote}${numbers.get(key)}${quote}` : whole)),
      loader: file.endsWith('x') ? 'tsx' : 'ts',
    }));
  },
});


export async function build() {
  const all = catalogues(path.join(root, 'i18n/desk'));
  const numbers = numbered(all, list(path.join(here, 'src'), '.ts').concat(list(path.join(here, 'src'), '.tsx')).map((file) => fs.readFileSync(file, 'utf8')));
  const result = await esbuild.build({
    entryPoints: { desk: path.join(here, 'src/main.tsx'), style: 'desk:styles.css' },
    outdir: '/a/desk',
    bundle: true, write: false, splitting: true, format: 'esm', minify: true, metafile: true, charset: 'utf8', legalComments: 'none', logLevel: 'silent',
    target: ['chrome123', 'firefox121', 'safari17.5'],  // light-dark()
    jsx: 'automatic', jsxImportSource: 'preact', nodePaths: [modules], external: ['/a/*'],
    entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', plugins: [virtual(all, numbers)],
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
  });
  const files = result.outputFiles.map((file) => ({ name: path.basename(file.path), bytes: Buffer.from(file.contents) })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const outputs = Object.entries(result.metafile.outputs);
  const of = (entry) => path.basename(outputs.find(([, output]) => output.entryPoint === entry)?.[0] ?? '');
  const entry = outputs.find(([name]) => /^desk-\w+\.js$/.test(path.basename(name)) && result.metafile.outputs[name].entryPoint?.endsWith('main.tsx'));
  const style = outputs.find(([name]) => /^style-\w+\.css$/.test(path.basename(name)));
  const words = Object.fromEntries(languages.map((language) => [language, of(`desk:words/${language}`)]));
  // What the entry imports at once: told to the browser in the page, so that nothing waits for what it could have begun.
  const early = entry[1].imports.filter((one) => one.kind === 'import-statement').map((one) => path.basename(one.path));
  return { entry: path.basename(entry[0]), style: path.basename(style[0]), words, early, files, all, inputs: result.metafile.outputs };
}

/** Every key with its arguments, so that t() knows a wrong one. */
function types(all) {
  const keys = Object.entries(all).flatMap(([area, byLanguage]) => Object.keys(byLanguage.en ?? byLanguage.fr ?? {}).map((key) => JSON.stringify(`${area}.${key}`)));
  return `// Made by build.mjs.\nexport type Key = ${keys.join('\n  | ')};\n`;
}

const gz = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** Bytes of everything a person of one language could ever load, compressed. */
export function sizes(built) {
  const script = built.files.filter((file) => file.name.endsWith('.js') && !Object.values(built.words).includes(file.name));
  const words = Object.fromEntries(Object.entries(built.words).map(([language, name]) => [language, gz(built.files.find((file) => file.name === name).bytes)]));
  const rows = script.map((file) => [file.name, gz(file.bytes)]);
  const style = gz(built.files.find((file) => file.name === built.style).bytes);
  const most = Math.max(...Object.values(words));
  return { rows, style, words, total: rows.reduce((sum, [, size]) => sum + size, 0) + style + most };
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
    console.log(`${String(all.total).padStart(7)}  in all, gzip: scripts, style and the largest language`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => { console.error(error.errors ? error.errors.map((one) => `${one.location?.file ?? ''}:${one.location?.line ?? ''} ${one.text}`).join('\n') : error.message); process.exit(1); });
}
