// All of the desk, for somebody who opens every screen in one language: below 60 KB, compressed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { build, sizes } from '../build.mjs';

const limit = 60 * 1024;

test('the bundle stays small', async () => {
  const all = sizes(await build());
  console.log(`the desk: ${all.total} bytes of ${limit}`);
  assert.ok(all.total < limit, `${all.total} bytes, ${limit} are allowed: ${JSON.stringify(all)}`);
});

test('a screen is loaded when it is opened', async () => {
  const built = await build();
  for (const [file, output] of Object.entries(built.inputs)) {
    if (!file.endsWith(built.entry)) continue;
    const early = Object.keys(output.inputs).filter((name) => /src\/screens\/\w+\//.test(name));
    assert.deepEqual(early, [], 'screens in the first file');
  }
});
