// Days of people in the demo itself, whose months are invented but came in through the gates of any customer's. Headquarters finds why
// Spain's workshop rating fell (the workshops of one group wait for parts), a product manager follows what a model's owners say to its end,
// an adviser reads what was said to him. At 1280 and 390 px, without a fault of accessibility.
import { startDemo } from './demo_server.js';
import { expect, looksGood, picture, settled, tabTo, test as base, words } from './desk.js';

const test = base.extend({
  demo: [async ({}, use) => {
    const demo = await startDemo();
    await use(demo);
    await demo.stop();
  }, { scope: 'worker', timeout: 300_000 }],
  baseURL: async ({ demo }, use) => use(demo.url),
});
test.describe.configure({ mode: 'default' });  // one after the other: the demo is made once

const workshop = words('code.service_workshop');
const parts = /recambio|pieza|pièce|\bparts?\b|Teile?\b|Ersatzteil|ricamb|pezzo/i;

for (const size of ['wide', 'phone']) {
  test(`headquarters finds why Spain's workshop rating fell, ${size}`, async ({ desk, demo }) => {
    test.setTimeout(120_000);
    // Its own first screen; from here on nobody types an address. With a keyboard alone, or with a thumb.
    const page = await desk(demo.login('hq'), { size });
    const follow = async (target) => {
      if (size === 'wide') {
        await tabTo(page, target);
        await page.keyboard.press('Enter');
      } else {
        await target.click();
      }
      await settled(page);
    };
    await settled(page);
    await expect(page.getByRole('heading', { level: 1, name: words('headquarters.title') })).toBeVisible();
    await looksGood(page, `the brand, ${size}`);
    await picture(page, size === 'wide' ? 'planted-1-brand' : 'planted-1-brand-390');

    // The brand: among what moved stands the country's workshops, with where they were and where they are.
    const spain = page.locator('.moved a').filter({ hasText: 'Spain' }).filter({ hasText: workshop });
    await expect(spain).toContainText(/4\.\d+ → 3\.\d+/);
    await expect(spain).toContainText(words('headquarters.fell').replace('{by}', '').replace(':', '').trim());
    await follow(spain);
    await expect(page).toHaveURL(/country%3AES\?.*service=workshop/);

    // The country: it is more than chance, and time was not kept.
    await expect(page.locator('.key-figure').first().locator('.verdict.alarm')).toBeVisible();
    await expect(page.locator('.moved')).toContainText('Torreval');
    const criteria = page.locator('figure', { has: page.getByRole('heading', { name: words('headquarters.criteria') }) });
    await expect(criteria.locator('.bars li').first()).toContainText(new RegExp(`^${words('headquarters.criterion_deadline')}.*\\([-−]\\d`));
    await looksGood(page, `the country, ${size}`);
    await picture(page, size === 'wide' ? 'planted-2-country' : 'planted-2-country-390');

    // Its points of sale in the fair order: the last ones are of one group.
    await follow(page.getByRole('button', { name: words('headquarters.by_site'), exact: true }));
    const falling = page.locator('.dots a').filter({ hasText: 'Torreval' }).filter({ hasText: '▼' });
    await expect(falling.first()).toBeVisible();
    await follow(falling.last());
    await expect(page).toHaveURL(/country%3AES\/site%3AES-\w+\?.*service=workshop/);

    // The point of sale: the sentences, lowest first, say what it is.
    const sentence = page.locator('.sentences li').filter({ hasText: parts }).first();
    await expect(sentence).toBeVisible();
    await looksGood(page, `the point of sale, ${size}`);
    await picture(page, size === 'wide' ? 'planted-3-site' : 'planted-3-site-390');
    const said = (await sentence.locator('.voice').last().innerText()).trim();
    await follow(sentence.getByRole('link', { name: words('headquarters.open_review') }));

    // One review, whole.
    await expect(page).toHaveURL(/\/office\/reviews\/[\w-]+/);
    await expect(page.locator('.split-detail')).toContainText(said.slice(0, 60));
    await expect(page.locator('.split-detail')).toContainText('Torreval');
    await looksGood(page, `the review, ${size}`);
    await picture(page, size === 'wide' ? 'planted-4-sentence' : 'planted-4-sentence-390');
  });
}
