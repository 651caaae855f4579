// The scripts of the desk, all screens: below 60 KB, compressed. Style and words of one language have a limit of their own, so that the whole of
// what somebody can ever load is known.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build, sizes } from '../build.mjs';

const limits = { scripts: 60 * 1024, style: 10 * 1024, words: 16 * 1024 };

test('the bundle stays small', async () => {
  const all = sizes(await build());
  const found = { scripts: all.rows.reduce((sum, [, size]) => sum + size, 0), style: all.style, words: Math.max(...Object.values(all.words)) };
  console.log(`the desk, gzip: ${Object.entries(found).map(([what, size]) => `${what} ${size} of ${limits[what]}`).join(', ')}; ${all.total} in all`);
  for (const [what, limit] of Object.entries(limits)) assert.ok(found[what] < limit, `${what}: ${found[what]} bytes, ${limit} are allowed`);
});

test('the frame comes without the screens', async () => {
  const built = await build();
  let seen = 0;
  const early = new Set([built.entry, ...built.early]);
  for (const [file, output] of Object.entries(built.inputs)) {
    if (!early.has(file.split('/').at(-1))) continue;
    seen++;
    const screens = Object.keys(output.inputs).filter((name) => /src\/screens\/\w+\/.*\.tsx$/.test(name));
    assert.deepEqual(screens, [], `screens in ${file}`);
  }
  assert.ok(seen >= 1);
});

test('every key that stands in the source is there, and a number in the bundle', async () => {
  const built = await build();
  const scripts = built.files.filter((file) => file.name.endsWith('.js') && !Object.values(built.words).includes(file.name)).map((file) => file.bytes.toString()).join('\n');
  assert.ok(!scripts.includes('"shell.sign_out"') && !scripts.includes('shell.skip'));
  const words = built.files.find((file) => file.name === built.words.en).bytes.toString();
  assert.ok(words.includes('Skip to content'));
});
