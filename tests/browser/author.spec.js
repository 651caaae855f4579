// The author's own space and the way out of mails (norms AUT-1, AUT-2, GDP-3, GDP-4, EML-4).
import { test, expect, pages } from './test.js';
import { answer, mailedLink, publicReviews, published } from './platform/platform.js';
import { emailOf } from './platform/visits.js';
import { words } from './platform/words.js';

test('AUT-1, AUT-2, GDP-3, GDP-4: the author corrects, downloads, withdraws and erases', async ({ page }) => {
  const space = await answer('author', { rating: '2', title: 'Late', body: 'An hour late.' });
  await published('GB-GLA', 'An hour late.');
  await page.goto(space);
  await expect(page.locator('blockquote').first()).toHaveText('An hour late.');

  const open = async (action) => {
    const panel = page.locator(`details:has(input[name=action][value=${action}])`);
    await panel.locator('summary').focus();
    await page.keyboard.press('Enter');
    return panel;
  };
  let panel = await open('correct');
  await expect(panel.locator('#body')).toHaveValue('An hour late.');
  await panel.locator('#body').fill('An hour late, then very friendly.');
  await panel.locator('input[name=rating][value="3"]').check();
  await panel.getByRole('button').click();
  await expect(page.getByRole('status')).toBeVisible();
  expect(await published('GB-GLA', 'An hour late, then very friendly.')).toMatchObject({ rating: 3 });

  panel = await open('export');
  const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button').click()]);
  expect(file.suggestedFilename()).toMatch(/\.json$/);

  panel = await open('withdraw');
  await panel.getByRole('button').click();
  await expect(page.getByRole('alert').or(page.locator('details[open] :invalid'))).not.toHaveCount(0);  // asks once more
  expect(await publicReviews('GB-GLA')).toHaveLength(1);
  panel = page.locator('details:has(input[name=action][value=withdraw])');
  await panel.getByRole('checkbox').check();
  await panel.getByRole('button').click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect.poll(() => publicReviews('GB-GLA')).toEqual([]);

  panel = await open('erase');
  await panel.getByRole('checkbox').check();
  await panel.getByRole('button').click();
  await expect(page.locator('body')).not.toContainText('An hour late');
});

test('EML-4: out of all mails by one button', async ({ page }) => {
  await page.goto(await mailedLink(emailOf('leaver'), '/u/'));
  await page.locator('button[name=all]').click();
  await expect(page.getByRole('status')).toBeVisible();
  // No topic is left; by which channel a receipt or an answer comes is another question.
  await expect(page.locator('input[type=checkbox]:not([name^=channel_])')).not.toHaveCount(0);
  await expect(page.locator('input[type=checkbox]:not([name^=channel_]):checked')).toHaveCount(0);
});

test('MOD-8: the refused author reads the reason and the moderator\'s own words, no codes', async ({ page }) => {
  await page.goto(pages().henri);
  const why = page.locator('.reply');
  await expect(why).toContainText(words('fr', 'reason.insult'));
  await expect(why.getByText('Une insulte vise une personne.', { exact: true })).toBeVisible();
  await expect(why).not.toContainText('insult:');
});

test('what the author rated is shown in the order of the form', async ({ page }) => {
  await page.goto(pages().alice);
  const shown = await page.locator('.criteria').first().innerText();
  expect(shown.indexOf(words('fr', 'criterion.welcome'))).toBeGreaterThanOrEqual(0);
  expect(shown.indexOf(words('fr', 'criterion.deadline'))).toBeGreaterThan(shown.indexOf(words('fr', 'criterion.welcome')));
});
