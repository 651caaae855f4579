// A platform of its own for the tests of the way in: a few people, at http://localhost, for passkeys are bound to a name.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const freePort = () => new Promise((resolve, reject) => {
  const server = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const until = async (what, look, seconds = 40) => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

export async function startOffice(people, settings = {}, wanted = 0) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verbatim-office.'));
  const data = path.join(folder, 'data');
  const port = wanted || await freePort();
  const url = `http://localhost:${port}`;
  const verbatim = (...words) => execFileSync(process.env.VERBATIM, [...words, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  verbatim('init');
  verbatim('import', 'sites', path.resolve(__dirname, '../../../assets/demo/sites.csv'));
  const links = Object.fromEntries(people.map(([email, role, scope]) => {
    const said = verbatim('user', 'add', '--email', email, '--role', role, '--scope', scope, '--name', email.split('@')[0], '--base-url', url);
    return [email, new URL(/https?:\S+/.exec(said)[0]).pathname];
  }));
  const given = Object.entries({ 'limits.posts_per_minute': '0', 'brand.name': 'Aurelle', ...settings }).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  let said = '';
  const server = spawn(process.env.VERBATIM, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--base-url', url, '--mail', `outbox:${folder}/outbox`, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => { said += bytes; });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await until('the server is ready', () => {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}: ${said}`);
    return fetch(`http://127.0.0.1:${port}/readyz`).then((ready) => ready.ok, () => false);
  });
  return {
    url, links, verbatim, said: () => said,
    mails: () => (fs.existsSync(`${folder}/outbox`) ? fs.readdirSync(`${folder}/outbox`) : []).filter((name) => name.endsWith('.eml')).map((name) => fs.readFileSync(`${folder}/outbox/${name}`, 'latin1')),
    until,
    stop: async () => {
      server.kill('SIGTERM');
      const code = await ended;
      fs.rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the server ended with ${code}: ${said}`);
    },
  };
}
