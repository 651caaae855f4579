// What a test knows of the running platform: its address, its outbox, its public API.
import fs from 'node:fs';
import path from 'node:path';
import { emailOf } from './visits.js';

export const address = () => process.env.PLATFORM_URL;
const outbox = () => process.env.PLATFORM_OUTBOX;

export async function until(what, look, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const sentTo = new Map();  // file name -> address; a mail never changes

function mailsTo(email) {
  for (const name of fs.existsSync(outbox()) ? fs.readdirSync(outbox()) : []) {
    if (!name.endsWith('.eml') || sentTo.has(name)) continue;
    const file = path.join(outbox(), name);
    const to = /^To:.*?([^\s<]+@[^\s>]+)/im.exec(fs.readFileSync(file, 'latin1'));
    sentTo.set(name, { to: to?.[1].toLowerCase(), at: fs.statSync(file).mtimeMs });
  }
  return [...sentTo].filter(([, mail]) => mail.to === email).sort((a, b) => b[1].at - a[1].at).map(([name]) => name);
}

// The newest mail to this address with a link below `below` ("/case/") that is not among the known ones; waits for it.
const mail = (email, below, known = []) => until(`a mail to ${email} with a link ${below}…`, async () => {
  for (const name of mailsTo(email)) {
    const page = await (await fetch(`${address()}/demo/outbox/${name}`)).text();
    const link = new RegExp(`href="https?://[^/"]+(${below}[\\w-]+)`).exec(page);
    if (link && !known.includes(link[1])) return { page: `/demo/outbox/${name}`, link: link[1] };
  }
  return null;
});

export const mailedLink = async (email, below, known) => (await mail(email, below, known)).link;
export const mailPage = async (email, below) => (await mail(email, below)).page;

export const invitation = (who) => mailedLink(emailOf(who), '/r/');

export async function send(where, fields) {
  const answer = await fetch(address() + where, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
}

/** Answers an invitation without a browser; returns the path of the author's own space. */
export async function answer(who, fields) {
  const { status, text } = await send(await invitation(who), { signature: 'name', declaration: 'yes', ...fields });
  const space = /href="(\/me\/[\w-]+)"/.exec(text);
  if (status !== 200 || !space) throw new Error(`the review of ${who} was answered with ${status}: ${text.slice(0, 2000)}`);
  return space[1];
}

export async function api(where) {
  const answer = await fetch(address() + where);
  if (!answer.ok) throw new Error(`${where}: ${answer.status}`);
  return answer.json();
}

export const publicReviews = async (site) => (await api(`/api/v1/sites/${site}/reviews`)).reviews;
export const published = (site, body) => until(`"${body}" on ${site}`, async () => (await publicReviews(site)).find((review) => review.body === body));
