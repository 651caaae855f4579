// The review form by its personal link (norms ACC-2 to ACC-4, AUT-5), with and without JavaScript: it needs none.
import { test, expect, pages } from './test.js';
import { invitation, publicReviews, published } from './platform/platform.js';
import { visitedOn } from './platform/visits.js';
import { spacesAlike, words } from './platform/words.js';

const stars = (page, name = 'rating') => page.locator(`input[type=radio][name="${name}"]`);

test('ACC-2: five stars to choose from, none chosen, each with a name', async ({ page }) => {
  await page.goto(await invitation('form-en'));
  const group = page.getByRole('group', { name: words('en', 'form.rating'), exact: true });
  await expect(group.getByRole('radio')).toHaveCount(5);
  await expect(group.getByRole('radio', { checked: true })).toHaveCount(0);
  for (let n = 1; n <= 5; n++) await expect(group.getByRole('radio', { name: words('en', `form.star.${n}`) })).toHaveAttribute('value', String(n));
});

for (const asked of ['0', '6', '44', 'x', '']) {
  test(`ACC-2: a star that is none (n=${asked}) chooses none`, async ({ page }) => {
    await page.goto(`${await invitation('form-en')}?n=${asked}`);
    await expect(stars(page)).toHaveCount(5);
    await expect(page.locator('input[name=rating]:checked')).toHaveCount(0);
  });
}

test('the star in the mail is chosen beforehand and nothing is recorded by opening it', async ({ page }) => {
  const link = await invitation('prefilled');
  for (const n of [4, 1]) {
    await page.goto(`${link}?n=${n}`);
    await expect(page.locator('input[name=rating]:checked')).toHaveValue(String(n));
  }
  const again = await page.goto(link);
  expect(again.status()).toBe(200);
  await expect(page.locator('input[name=rating]:checked')).toHaveCount(0);
  expect(await publicReviews('FR-VIL')).toEqual([]);
});

test('the stars up to the chosen one are filled, the others are not', async ({ page }) => {
  await page.goto(`${await invitation('form-en')}?n=3`);
  const fills = await page.locator('label.star:has(input[name=rating]) svg path').evaluateAll((paths) => paths.map((path) => getComputedStyle(path).fill));
  expect(fills).toHaveLength(5);
  expect(new Set(fills.slice(0, 3)).size).toBe(1);
  expect(new Set(fills.slice(3)).size).toBe(1);
  expect(fills[0]).not.toBe(fills[4]);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'on' : 'off';
  test.describe(`with JavaScript ${how}`, () => {
    test.use({ javaScriptEnabled });

    test('ACC-3, AUT-5: the whole form by keyboard alone, to the receipt', async ({ page }) => {
      const said = `Au clavier seul, JavaScript ${how}.`;
      await page.goto(await invitation(`keyboard-${how}`));
      const focused = () => page.evaluate(() => ({ name: document.activeElement.name, value: document.activeElement.value, type: document.activeElement.type }));
      const tabTo = async (name) => {
        for (let presses = 0; presses < 60; presses++) {
          await page.keyboard.press('Tab');
          if ((await focused()).name === name) return;
        }
        throw new Error(`Tab never comes to ${name}`);
      };
      await tabTo('rating');
      expect(await focused()).toMatchObject({ value: '1' });
      await expect(page.locator('input[name=rating]:checked')).toHaveCount(0);  // arriving chooses nothing
      await expect(page.locator('label.star').first()).not.toHaveCSS('outline-style', 'none');
      await page.keyboard.press('Space');
      await expect(page.locator('input[name=rating]:checked')).toHaveValue('1');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('input[name=rating]:checked')).toHaveValue('3');
      await page.keyboard.press('ArrowLeft');
      await expect(page.locator('input[name=rating]:checked')).toHaveValue('2');
      await tabTo('body');
      await page.keyboard.type(said);
      await tabTo('title');
      await page.keyboard.type('Sans souris');
      await tabTo('recommend');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('input[name=recommend]:checked')).toHaveValue('1');
      await tabTo('product_rating');
      await page.keyboard.press('ArrowLeft');
      await expect(page.locator('input[name=product_rating]:checked')).toHaveValue('5');
      await tabTo('signature');
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('input[name=signature]:checked')).toHaveValue('anonymous');
      await tabTo('contact_me');
      await page.keyboard.press('Space');
      await tabTo('declaration');
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');

      await expect(page.locator('h1')).toHaveText(words('fr', 'thanks.title'));
      const codes = page.locator('dl.pairs dd code');
      const shown = (await codes.allTextContents()).map((text) => text.trim());
      expect(shown.filter((text) => /^[A-Za-z0-9+/]{43}=$/.test(text)).length, 'salt and commitment, of both reviews').toBeGreaterThanOrEqual(4);
      await expect(page.locator('a[href^="/me/"]').first()).toBeVisible();
      const review = await published('FR-LYO', said);
      expect(review).toMatchObject({ rating: 2, title: 'Sans souris', origin: 'invited', experience_on: visitedOn });
      expect(review.author ?? '').not.toContain('K');
    });

    test('ACC-4: a mistake: everything typed is kept, the summary is reached first and leads to the field', async ({ page }) => {
      await page.goto(await invitation(`errors-${how}`));
      const long = 'Un « avis » de <b>plusieurs</b> lignes & signes :\n\n  deux espaces devant, l’été à 25 °C — voilà.';
      await page.locator('#body').fill(long);
      await page.locator('#title').fill('Titre "entre guillemets"');
      await page.locator('input[name=recommend][value="7"]').check();
      await page.locator('input[name=rating_welcome][value="4"]').check();
      await page.locator('input[name=product_rating][value="5"]').check();
      await page.locator('#product_body').fill('Freine bien.');
      await page.locator('input[name=signature][value=anonymous]').check();
      await page.locator('input[name=contact_me]').check();
      const [answer] = await Promise.all([page.waitForNavigation(), page.locator('form button.big').click()]);
      expect(answer.status()).toBe(422);

      expect(spacesAlike(await page.title())).toContain(words('fr', 'form.error_title'));
      const summary = page.getByRole('alert');
      await expect(summary).toBeFocused();
      await expect(summary.getByRole('link')).toHaveCount(2);  // no star, no declaration
      await expect(page.locator('#body')).toHaveValue(long);
      await expect(page.locator('#title')).toHaveValue('Titre "entre guillemets"');
      for (const chosen of ['recommend][value="7"', 'rating_welcome][value="4"', 'product_rating][value="5"', 'signature][value=anonymous', 'contact_me']) {
        await expect(page.locator(`input[name=${chosen}]`)).toBeChecked();
      }
      await expect(page.locator('#product_body')).toHaveValue('Freine bien.');
      await expect(page.locator('input[name=rating]:checked')).toHaveCount(0);

      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.locator('#rating')).toBeFocused();
      await expect(page.locator('#rating')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.locator('#rating-error')).toBeVisible();
      await expect(page.locator('#declaration')).toHaveAttribute('aria-describedby', /declaration-error/);

      await page.locator('input[name=rating][value="5"]').check();
      await page.locator('#declaration').check();
      await page.locator('form button.big').click();
      await expect(page.locator('h1')).toHaveText(words('fr', 'thanks.title'));
      expect(await published('FR-LYO', long)).toMatchObject({ rating: 5, title: 'Titre "entre guillemets"' });
    });
  });
}

test('a used link says so and shows nothing of the review', async ({ page }) => {
  const answer = await page.goto(await invitation('alice'));
  expect(answer.status()).toBe(410);
  await expect(page.locator('form')).toHaveCount(0);
  await expect(page.locator('main')).not.toContainText('Accueil aimable');
  await expect(page.locator(`a[href="${pages().alice}"]`)).toHaveCount(0);
});
