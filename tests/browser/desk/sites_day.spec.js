// The dealer's day: he sees whom to call, notes the call with three taps, without a net in between, closes, answers. At 1280 and at 390 px,
// without a fault of accessibility. And the call-centre agent, who takes a case over.
import { axe } from '../axe.js';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import { address, answer, mailedLink, until } from '../platform/platform.js';

const password = 'sept mots qui ne se suivent pas';

// As a new colleague comes in: the link of the mail, a password.
async function signIn(context, email) {
  const asked = await context.request.post(`${address()}/api/v1/password-links`, { data: { email } });
  expect(asked.ok(), await asked.text()).toBe(true);
  const token = (await mailedLink(email, '/office/password/')).split('/').pop();
  const done = await context.request.post(`${address()}/api/v1/passwords`, { data: { token, password } });
  expect(done.ok(), await done.text()).toBe(true);
}
const ask = async (context, where) => (await context.request.get(address() + where)).json();
const act = async (context, where, data) => {
  const { csrf } = await ask(context, '/api/v1/session');
  return context.request.post(address() + where, { data, headers: { 'X-CSRF-Token': csrf } });
};

const test = base.extend({
  baseURL: async ({}, use) => use(address()),
  page: async ({ page }, use) => {
    const broken = [];
    page.on('pageerror', (error) => broken.push(error.message));
    await use(page);
    expect(broken, 'what the scripts complained of').toEqual([]);
  },
});

// A whole day takes longer than a page.
test.setTimeout(150_000);

async function accessible(page) {
  const found = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

async function picture(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
}

const fits = async (page) => expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'nothing is wider than the screen').toBeLessThanOrEqual(0);

for (const [size, width, height, who, place, email, name] of [['wide', 1280, 900, 'dealer-wide', 'FR-BOR', 'cedric.prevost@aurelle.example', 'Cédric'],
  ['phone', 390, 844, 'dealer-phone', 'FR-TLS', 'karim.renaud@aurelle.example', 'Karim']]) {
  test(`the dealer calls and answers, ${width} px`, async ({ page, context }) => {
    await page.setViewportSize({ width, height });
    // Other words at each size: the same ones from two people are a copy, and wait for a human.
    const words = size === 'wide' ? 'Deux heures d’attente malgré le rendez-vous, personne ne m’a prévenue.' : 'Encore deux heures d’attente pour une simple vidange, sans que je sois prévenue.';
    await answer(who, { rating: '1', title: 'Deux heures', body: words, rating_deadline: '1', recommend: '2', contact_me: 'yes' });
    await signIn(context, email);
    await until('the case', async () => (await ask(context, '/api/v1/cases')).cases?.length === 1);

    await page.goto('/office/today');
    await expect(page.getByRole('heading', { level: 1, name: `Bonjour ${name}` })).toBeVisible();
    await expect(page.getByText(words).first()).toBeVisible();
    await accessible(page);
    await fits(page);
    await picture(page, `desk-today-${size}`);

    // Two taps from the day to the case; the number is a link of the telephone.
    await page.getByRole('link', { name: /Deux heures/ }).first().click();
    const detail = page.locator('.split-detail');
    await expect(detail.getByText(words)).toBeVisible();
    await expect(detail.getByRole('link', { name: /Appeler/ })).toHaveAttribute('href', /^tel:\+33/);
    await accessible(page);
    await fits(page);
    await picture(page, `desk-case-${size}`);

    // The net goes: the call is kept, says so, and is sent when the net is back. Once.
    await context.setOffline(true);
    await detail.getByRole('button', { name: 'Pas joint' }).click();
    await detail.getByRole('button', { name: 'Noter l’appel' }).click();
    await expect(detail.getByText('Attend le réseau').first()).toBeVisible();
    await picture(page, `desk-offline-${size}`);
    await context.setOffline(false);
    await expect(detail.getByText('Attend le réseau')).toHaveCount(0, { timeout: 30_000 });
    const id = (await ask(context, '/api/v1/cases?stage=called')).cases[0].id;
    expect((await ask(context, `/api/v1/cases/${id}`)).call_list.map((call) => call.outcome)).toEqual(['not_reached']);

    // By keyboard where there is one, by thumb where there is none.
    if (size === 'wide') await page.keyboard.press('c');
    await detail.getByRole('button', { name: 'Joint', exact: true }).click();
    await detail.getByLabel('Note', { exact: true }).fill('Excuses faites, lavage offert.');
    await detail.getByRole('button', { name: 'Noter l’appel' }).click();
    await expect(detail.getByText('Excuses faites, lavage offert.')).toBeVisible();
    await detail.getByLabel('Cause', { exact: true }).selectOption('waiting');
    await detail.getByRole('button', { name: 'Oui', exact: true }).click();
    await detail.getByRole('button', { name: 'Clore', exact: true }).click();
    await expect(page.getByText('Dossier clos').first()).toBeVisible();
    await until('the case is closed', async () => (await ask(context, `/api/v1/cases/${id}`)).stage === 'closed');
    await page.getByRole('button', { name: /^Annuler/ }).click();  // undone
    await until('the case is open again', async () => (await ask(context, `/api/v1/cases/${id}`)).stage === 'called');

    // The answer: the template leaves room for the own sentence, and cannot be sent without.
    await detail.getByLabel('Commencer par un modèle').selectOption({ index: 1 });
    const reply = detail.getByLabel(/Votre réponse/);
    await expect(reply).toHaveValue(/\{personal\}/);
    await expect(detail.getByRole('button', { name: 'Envoyer à la modération' })).toBeDisabled();
    await expect(detail.getByText('Il manque votre propre phrase')).toBeVisible();
    await reply.fill('Vous auriez dû appeler AVANT DE VENIR !!');
    await expect(detail.getByText('Rejette la faute sur le client')).toBeVisible();
    await expect(detail.getByText('Sonne comme un cri').first()).toBeVisible();
    await accessible(page);
    await reply.fill('Bonjour, deux heures sont deux heures de trop. Un deuxième comptoir ouvre le samedi. L’équipe');
    await expect(detail.getByText('Se lit bien.')).toBeVisible();
    await detail.getByRole('button', { name: 'Envoyer à la modération' }).click();
    await expect(detail.getByText('Un deuxième comptoir ouvre le samedi.')).toBeVisible();
    await until('the answer is public', async () => (await (await fetch(`${address()}/api/v1/sites/${place}/reviews`)).json()).reviews[0]?.reply);

    // The words are found, with what was looked for marked.
    await page.goto('/office/reviews');
    await page.getByLabel(/Chercher des mots/).fill('attentes prevenue');
    await expect(page.locator('.register mark').first()).toHaveText('attente');
    await accessible(page);
    await fits(page);
    await picture(page, `desk-reviews-${size}`);
    await page.getByLabel(/Chercher des mots/).fill('introuvable');
    await expect(page.getByText('Aucun avis trouvé')).toBeVisible();
    await accessible(page);
  });
}

test('the call-centre agent takes a case over and plans', async ({ page, context, browser }) => {
  await answer('agent-case', { rating: '2', body: 'La pièce n’est toujours pas là.', recommend: '3' });
  const manager = await browser.newContext();
  await signIn(manager, 'cedric.aubry@aurelle.example');
  const id = await until('the case', async () => (await ask(manager, '/api/v1/cases')).cases?.[0]?.id);
  const to = await ask(manager, `/api/v1/cases/${id}/people`);
  expect(to.people.map((one) => one.email)).toContain('oceane.garnier@aurelle.example');
  expect((await act(manager, `/api/v1/cases/${id}/handover`, { to: 'oceane.garnier@aurelle.example', note: 'À vous.' })).status()).toBe(200);
  await manager.close();
  await signIn(context, 'oceane.garnier@aurelle.example');
  await page.goto('/office/cases');
  await expect(page.locator('.register a').first()).toBeVisible();
  await page.keyboard.press('j');
  const detail = page.locator('.split-detail');
  await expect(detail.getByRole('heading', { name: 'Ce qui s’est passé' })).toBeVisible();
  await page.goto(`/office/cases/${id}`);
  await expect(detail.getByText('La pièce n’est toujours pas là.')).toBeVisible();
  await detail.getByText('La suite', { exact: true }).click();
  await detail.getByLabel('Quoi', { exact: true }).fill('Rappeler quand la pièce est là');
  await detail.getByRole('button', { name: /^Demain/ }).first().click();
  await detail.getByRole('button', { name: 'Prévoir' }).click();
  await expect(detail.getByText(/Prévu .* Rappeler quand la pièce est là/)).toBeVisible();
  await accessible(page);
  // An agent answers nobody in public.
  await expect(detail.getByRole('button', { name: 'Envoyer à la modération' })).toHaveCount(0);
});
