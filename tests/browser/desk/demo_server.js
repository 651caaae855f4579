// The demo as a newcomer starts it: six invented months, its logins as it prints them. It is begun with the other platform (platform/setup.js)
// and made while the first tests run; every test of it, in whichever worker, waits for it here. DEMO_DATA=FOLDER keeps one from run to run;
// what the tests close and send stays closed and sent there, so they want a new one each.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './access_server.js';

const spec = 'tests/browser/desk/demo_days.spec.js';

/** Is one of its tests among what was asked for on the command line? */
export const wantsDemo = (words) => {
  const asked = words.slice(words.indexOf('test') + 1).filter((word, at, all) => !word.startsWith('-') && !['-g', '--grep', '--config', '-c', '--repeat-each', '--workers', '-j', '--retries', '--reporter', '--timeout', '--output'].includes(all[at - 1]));
  return asked.length === 0 || asked.some((one) => spec.includes(one.replace(/:\d+(:\d+)?$/, '')) || new RegExp(one.replace(/:\d+(:\d+)?$/, '')).test(spec));
};

/** Begins it and does not wait; answers how to end it. */
export async function beginDemo() {
  const kept = process.env.DEMO_DATA;
  const folder = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'verbatim-demo-days.'));
  const log = path.join(folder, 'demo.log');
  const url = `http://127.0.0.1:${await freePort()}`;
  const said = fs.openSync(log, 'w');
  const server = spawn(process.env.VERBATIM, ['demo', '--data', path.join(folder, 'data'), '--listen', url.slice(7), '--set', 'limits.posts_per_minute=0'], { stdio: ['ignore', said, said] });
  const ended = new Promise((resolve) => server.once('exit', (code) => { fs.appendFileSync(log, `\nended with ${code}\n`); resolve(code); }));
  process.env.DEMO_URL = url;
  process.env.DEMO_FOLDER = folder;
  return async () => {
    server.kill('SIGTERM');
    const code = await ended;
    const all = fs.readFileSync(log, 'utf8');
    if (!kept) fs.rmSync(folder, { recursive: true, force: true });
    if (code !== 0 && /^listening on/m.test(all)) throw new Error(`the demo ended with ${code}: ${all}`);  // before it, nobody waited for it
  };
}

/** For a test: the demo, once it answers. */
export async function theDemo() {
  const folder = process.env.DEMO_FOLDER, url = process.env.DEMO_URL;
  if (!folder) throw new Error('the demo was not begun: see platform/setup.js');
  const log = () => fs.readFileSync(path.join(folder, 'demo.log'), 'utf8');
  // Playing the months takes ten seconds where nothing else runs.
  for (const patience = Date.now() + 540_000; !/^listening on/m.test(log());) {
    if (/^ended with/m.test(log()) || Date.now() > patience) throw new Error(`the demo does not start: ${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const said = log();
  const password = /with the password (\S+) as/.exec(said)?.[1];
  const outbox = path.join(folder, 'data', 'outbox');
  return {
    url,
    login: (role) => {
      const email = new RegExp(`^ {4}${role} +(\\S+@\\S+)`, 'm').exec(said)?.[1];
      if (!email || !password) throw new Error(`the demo prints no login for ${role}: ${said}`);
      return { email, password };
    },
    mail: (name) => fs.readFileSync(path.join(outbox, name), 'latin1'),
    mails: () => (fs.existsSync(outbox) ? fs.readdirSync(outbox) : []).filter((name) => name.endsWith('.eml')),
  };
}
