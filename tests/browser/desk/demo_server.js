// The demo as a newcomer starts it: six invented months, its logins as it prints them. DEMO_DATA=FOLDER keeps one from run to run; what
// the stories close and send stays closed and sent there, so they want a new one each.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './access_server.js';

export async function startDemo() {
  const kept = process.env.DEMO_DATA;
  const folder = kept ?? fs.mkdtempSync(path.join(os.tmpdir(), 'verbatim-demo-days.'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(process.env.VERBATIM, ['demo', '--data', path.join(folder, 'data'), '--listen', url.slice(7), '--set', 'limits.posts_per_minute=0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => { said += bytes; });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  // Playing the months takes twenty seconds where nothing else runs.
  const patience = Date.now() + 540_000;
  while (!/^listening on/m.test(said)) {
    if (server.exitCode !== null || Date.now() > patience) throw new Error(`the demo does not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const password = /with the password (\S+) as/.exec(said)?.[1];
  const login = (role) => {
    const email = new RegExp(`^ {4}${role} +(\\S+@\\S+)`, 'm').exec(said)?.[1];
    if (!email || !password) throw new Error(`the demo prints no login for ${role}: ${said}`);
    return { email, password };
  };
  const outbox = path.join(folder, 'data', 'outbox');
  return {
    url, login,
    mails: () => (fs.existsSync(outbox) ? fs.readdirSync(outbox) : []).filter((name) => name.endsWith('.eml')),
    stop: async () => {
      server.kill('SIGTERM');
      const code = await ended;
      if (!kept) fs.rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the demo ended with ${code}: ${said}`);
    },
  };
}
