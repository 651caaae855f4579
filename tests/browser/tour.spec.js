// The two minutes of a newcomer, as the README tells them: from the mail to the public page, the call, the answer, the proof.
import { execFileSync } from 'node:child_process';
import { test, expect, pages } from './test.js';
import { address, invitation, mailedLink, publicReviews, published } from './platform/platform.js';
import { emailOf, visitedOn } from './platform/visits.js';

const site = 'GB-BRS';
const said = 'Two hours of waiting for an oil change, and the coffee machine was broken.';

async function openNewestMail(page, to) {
  await page.goto('/demo/outbox');
  await page.locator('tbody tr', { hasText: to }).first().getByRole('link').click();
  await page.waitForURL('**/*.eml');
}

test('one star: the mail, the form, the public page, the call, the answer, the proof', async ({ page }) => {
  await mailedLink(emailOf('tour'), '/r/');
  await openNewestMail(page, emailOf('tour'));
  await page.frameLocator('iframe.mail').getByRole('link', { name: /^1 star/ }).click();
  await page.waitForURL('**/r/*');
  await expect(page.locator('input[name=rating]:checked')).toHaveValue('1');
  await page.locator('#body').fill(said);
  await page.locator('#declaration').check();
  await page.locator('form button.big').click();
  await expect(page.locator('a[href^="/me/"]').first()).toBeVisible();

  await published(site, said);
  await page.goto(`/en/sites/${site}`);
  const review = page.locator('article.review', { hasText: said });
  await expect(review.locator('.facts time').first()).toHaveAttribute('datetime', visitedOn);
  await expect(review.locator('.facts time').nth(1)).toBeVisible();
  await expect(async () => {  // the place is known a moment after the words are public
    await page.reload();
    const { log_index: place } = (await publicReviews(site))[0];
    await expect(review.locator('.links')).toContainText(new RegExp(`(?<!\\w)${place}(?!\\w)`), { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await expect(review).toContainText('Tom A.');

  const link = await mailedLink('gb-brs@aurelle.example', '/case/');
  await openNewestMail(page, 'gb-brs@aurelle.example');
  await page.frameLocator('iframe.mail').locator(`a[href$="${link}"]`).click();
  await page.waitForURL(`**${link}`);
  await expect(page.locator('blockquote')).toHaveText(said);
  await expect(page.locator('a[href="tel:+441632960999"]')).toBeVisible();
  await expect(page.locator('.clock .figure')).toHaveText(/23 h|24 h/);

  // Without an outcome it is a mistake, and the note is kept.
  await page.locator('#note').fill('We talked. The machine is repaired, the next oil change is on us.');
  await page.locator('form:has(#note) button').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.locator('#note')).toHaveValue(/^We talked/);
  await page.locator('input[name=outcome][value=reached]').check();
  await page.locator('form:has(#note) button').click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(page.locator('section:has(#history) li')).toContainText('We talked');

  await page.locator('#reply').fill('You are right, and we are sorry. The coffee works again.');
  await page.locator('form:has(#reply) button').click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect.poll(async () => (await publicReviews(site))[0].reply?.body).toBe('You are right, and we are sorry. The coffee works again.');
  await page.goto(`/en/sites/${site}`);
  await expect(review.locator('.reply')).toContainText('The coffee works again.');

  await page.goto(link);
  await page.locator('button[name=close]').click();
  await expect(page.getByRole('status')).toBeVisible();

  const proof = execFileSync(process.env.VERBATIM, ['log', 'verify', address()]).toString().trim();
  expect(proof.split('\n').at(-1)).toMatch(/^verified/);
});

test('MOD-2: an insult waits for a human, who sees the words marked and no stars, and publishes', async ({ page }) => {
  const words = 'The manager is a bastard. The car is fine.';
  await page.goto(`${await invitation('insult')}?n=1`);
  await page.locator('#body').fill(words);
  await page.locator('#declaration').check();
  await page.locator('form button.big').click();
  await expect(page.locator('a[href^="/me/"]').first()).toBeVisible();

  await page.goto(await mailedLink('gemma.whitfield@aurelle.example', '/moderate/'));
  await expect(page.locator('blockquote mark')).toHaveText('bastard');
  await expect(page.locator('main [role=img]')).toHaveCount(0);
  expect(await publicReviews('GB-CRO')).toEqual([]);

  await page.locator('input[name=decision][value=refuse]').check();
  await page.locator('#explanation').fill('An insult.');
  await page.locator('form:has(#explanation) button').click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.locator('#explanation')).toHaveValue('An insult.');
  await expect(page.locator('input[name=decision][value=refuse]')).toBeChecked();
  await page.locator('input[name=decision][value=publish]').check();
  await page.locator('form:has(#explanation) button').click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(page.locator('form:has(#explanation)')).toHaveCount(0);
  expect(await published('GB-CRO', words)).toMatchObject({ rating: 1 });
});

test('the time to call by is told in the time of the point of sale, on the page as in the mail', async ({ page }) => {
  await page.goto(pages().case);
  const due = page.locator('.clock time');
  const inNantes = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }).format(new Date(await due.getAttribute('datetime')));
  await expect(due).toContainText(inNantes);
  await page.goto(pages().mail);
  await expect(page.locator('pre.letter')).toContainText(inNantes.slice(0, 2) + ':');
});
