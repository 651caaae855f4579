// What somebody loads to do the work of a day: the frame, the style, and the scripts and words of the screens they open. Below 60 KB,
// compressed, for each group of screens; and everything anybody could ever load has a limit too.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build, sizes } from '../build.mjs';

const limits = { day: 60 * 1024, all: 120 * 1024 };

test('the bundle stays small', async () => {
  const all = sizes(await build());
  for (const [group, size] of Object.entries(all.day)) {
    console.log(`the desk, gzip: ${size} of ${limits.day} with the screens of ${group}`);
    assert.ok(size < limits.day, `${group}: ${size} bytes, ${limits.day} are allowed`);
  }
  console.log(`the desk, gzip: ${all.total} in all`);
  assert.ok(all.total < limits.all, `${all.total} bytes, ${limits.all} are allowed`);
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
  const said = new Set(Object.values(built.words).flatMap((one) => Object.values(one)));
  const scripts = built.files.filter((file) => file.name.endsWith('.js') && !said.has(file.name)).map((file) => file.bytes.toString()).join('\n');
  assert.ok(!scripts.includes('"shell.sign_out"') && !scripts.includes('shell.skip'));
  const words = built.files.find((file) => file.name === built.words.en.frame).bytes.toString();
  assert.ok(words.includes('Skip to content'));
});

test('a text comes with the screens that say it, and what two groups say is in the frame', async () => {
  const built = await build();
  const words = (group) => built.files.find((file) => file.name === built.words.en[group]).bytes.toString();
  const { en: settings } = built.all.settings;
  const alone = settings.import ?? Object.values(settings)[0];
  assert.ok(!words('frame').includes(JSON.stringify(alone)) || words('settings').includes(JSON.stringify(alone)));
  const everything = Object.keys(built.words.en).map(words).join('\n');
  for (const [area, { en }] of Object.entries(built.all))
    for (const [key, text] of Object.entries(en)) if (!text.includes('{')) assert.ok(everything.includes(JSON.stringify(text).slice(1, -1)), `${area}.${key} is in no file`);
});
