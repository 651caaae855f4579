// One platform for all tests: the demo's network, the customers of visits.js, and a few reviews that the tests of every page
// look at. Served by `verbatim demo`, which takes a folder that is there as it is and shows the mails at /demo/outbox.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { beginDemo, wantsDemo } from '../desk/demo_server.js';
import { answer, invitation, mailPage, mailedLink, published, send, until } from './platform.js';
import { heldCount, heldJsonl } from './held.js';
import { addStaff, setPasswords } from './staff.js';
import { emailOf, experiencesCsv, invited } from './visits.js';

const network = path.resolve(__dirname, '../../../assets/demo');

// Links in mails begin with the address, so the port is known before the start.
const freePort = () => new Promise((resolve, reject) => {
  const server = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

async function start(data, log) {
  const port = await freePort();
  const errors = fs.openSync(log, 'a');
  const server = spawn(process.env.VERBATIM, ['demo', '--data', data, '--listen', `127.0.0.1:${port}`, '--set', 'limits.posts_per_minute=0',
    '--set', 'access.second_factor=optional'],
    { stdio: ['ignore', errors, errors] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  process.env.PLATFORM_URL = `http://127.0.0.1:${port}`;
  await until('the server is ready', () => {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}: ${fs.readFileSync(log, 'utf8')}`);
    return fetch(`${process.env.PLATFORM_URL}/readyz`).then((ready) => ready.ok, () => false);
  });
  return { server, ended };
}

// The words the tests of every page look at. All at one site, which no other test writes to.
async function live(verbatim, data) {
  const pages = {};
  await Promise.all(invited.map(invitation));
  pages.alice = await answer('alice', { rating: '5', title: 'Rien à redire', body: 'Accueil aimable, voiture rendue à l’heure et propre.\n\nLe devis a été tenu au centime près.',
    rating_welcome: '5', rating_deadline: '5', recommend: '10', product_rating: '4', product_body: 'Silencieuse, confortable, mais la caméra s’embue par temps froid.' });
  pages.bruno = await answer('bruno', { rating: '1', body: 'Trois rendez-vous pour la même panne, et personne ne rappelle.', rating_explanation: '1', recommend: '2', contact_me: 'yes' });
  pages.denise = await answer('denise', { rating: '4', body: 'Bon <b>travail</b> & bon café.', signature: 'anonymous' });
  pages.emile = await answer('emile', { rating: '3', body: 'Correct, sans plus. Une heure de retard.' });
  pages.review = `/reviews/${(await published('FR-NAN', 'Accueil aimable, voiture rendue à l’heure et propre.\n\nLe devis a été tenu au centime près.')).id}`;
  const answered = await published('FR-NAN', 'Trois rendez-vous pour la même panne, et personne ne rappelle.');
  pages.answered = `/reviews/${answered.id}`;
  pages.case = await mailedLink('fr-nan@aurelle.example', '/case/');
  await send(pages.case, { outcome: 'not_reached', note: 'Messagerie. Rappel demain à 9 h.' });
  await send(pages.case, { reply: 'Vous avez raison, trois rendez-vous sont deux de trop. Nous vous appelons demain.' });
  // One moderator's mails, one after the other: to be reworded, refused, and one that stays to be decided.
  // The one about the gathered words is there already.
  const decided = [await mailedLink('mehdi.hamidi@aurelle.example', '/moderate/')];
  const toDecide = async () => {
    decided.push(await mailedLink('mehdi.hamidi@aurelle.example', '/moderate/', decided));
    return decided.at(-1);
  };
  pages.gaston = await answer('gaston', { rating: '2', body: 'Monsieur Lefebvre-Castaing m’a fait attendre une heure.' });
  await send(await toDecide(), { decision: 'rephrase', explanation: 'Sans le nom de famille, s’il vous plaît.' });
  pages.henri = await answer('henri', { rating: '1', body: 'Le vendeur est un connard, je le dis.' });
  await send(await toDecide(), { decision: 'refuse', reason: 'insult', explanation: 'Une insulte vise une personne.' });
  pages.clara = await answer('clara', { rating: '2', title: 'Un connard à l’accueil', body: 'Le chef d’atelier est un connard. Écrivez à clara.petit@example.org.' });
  pages.moderate = await toDecide();
  pages.unsubscribe = await mailedLink(emailOf('alice'), '/u/');
  pages.audit = new URL(verbatim('evidence', 'link', '--email', 'audit@example.org', '--data', data).toString().trim()).pathname;
  pages.mail = await mailPage('fr-nan@aurelle.example', '/case/');
  process.env.PLATFORM_PAGES = JSON.stringify(pages);
}

/** The platform of most tests, and the demo beside it where it is wanted. */
export default async function setup() {
  const endDemo = wantsDemo(process.argv) ? await beginDemo() : async () => {};
  try {
    const endPlatform = await platform();
    return async () => {
      try { await endPlatform(); } finally { await endDemo(); }
    };
  } catch (error) {
    await endDemo();
    throw error;
  }
}

async function platform() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verbatim-browser.'));
  const data = path.join(folder, 'data');
  const log = path.join(folder, 'server.log');
  const verbatim = (...words) => execFileSync(process.env.VERBATIM, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  verbatim('init', '--data', data);
  for (const kind of ['sites', 'products', 'people']) verbatim('import', kind, path.join(network, `${kind}.csv`), '--data', data);
  const visits = path.join(folder, 'experiences.csv');
  fs.writeFileSync(visits, experiencesCsv());
  const taken = verbatim('import', 'experiences', visits, '--data', data).toString();
  if (!taken.includes(`${invited.length} taken`)) throw new Error(`the visits were not all taken: ${taken}`);
  const held = path.join(folder, 'held.jsonl');
  fs.writeFileSync(held, heldJsonl());
  const gathered = verbatim('import', 'reviews', held, '--data', data).toString();
  if (!gathered.includes(`${heldCount} taken`)) throw new Error(`the words to moderate were not all taken: ${gathered}`);
  const tokens = addStaff(verbatim, data);
  process.env.PLATFORM_OUTBOX = path.join(data, 'outbox');

  const { server, ended } = await start(data, log);
  const stop = async () => {
    server.kill('SIGTERM');
    const code = await ended;
    const said = fs.readFileSync(log, 'utf8');
    fs.rmSync(folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code}: ${said}`);
  };
  try {
    await setPasswords(tokens);
    await live(verbatim, data);
  } catch (error) {
    console.log(fs.readFileSync(log, 'utf8'));
    await stop();
    throw error;
  }
  return stop;
}
