// Two authors contest a refusal. Another moderator than the one who refused reads both again: one decision stands, one is reversed, and each
// author is told why. At 1280 and 390 px, without a fault of accessibility.
import { answer, publicReviews, until } from '../platform/platform.js';
import { expect, looksGood, password, picture, settled, staff, test, words } from './desk.js';

// Differing words at each size: what two people write alike waits for another reason.
const affairs = {
  wide: {
    right: { body: 'Le chef d’atelier s’est comporté comme un crétin fini, mais la réparation tient.', why: 'Je parle de sa façon de faire ce matin-là, pas de lui.', told: 'Après relecture, vos mots visent une conduite, pas une personne : ils paraissent.' },
    wrong: { body: 'Cette conne à la caisse ne mérite même pas un bonjour.', why: 'Tout le monde parle ainsi.', told: 'Les mots relevés visent une personne et n’en disent rien d’autre.' },
  },
  phone: {
    right: { body: 'Une organisation de connards, voilà ce que j’ai pensé en repartant à pied.', why: 'Personne n’est nommé, c’est de l’organisation que je me plains.', told: 'Vous avez raison : aucune personne n’est visée. Votre avis paraît.' },
    wrong: { body: 'Le vendeur est un sale enfoiré, évitez-le.', why: 'C’est pourtant la vérité.', told: 'L’insulte vise le vendeur ; la décision est maintenue.' },
  },
};

for (const size of ['wide', 'phone']) {
  test(`a moderator upholds one refusal and reverses another, ${size}`, async ({ desk, baseURL, browser }) => {
    test.setTimeout(150_000);
    // The first moderator refuses both; both authors contest, on their own page.
    const first = await browser.newContext({ baseURL });
    expect((await first.request.post('/api/v1/session', { data: { email: staff.moderator.email, password } })).status()).toBe(200);
    const { csrf } = await (await first.request.get('/api/v1/session')).json();
    const spaces = {};
    for (const [outcome, affair] of Object.entries(affairs[size])) {
      spaces[outcome] = await answer(`appeal-${size}-${outcome}`, { rating: '2', body: affair.body, recommend: '3' });
      const waiting = await until('the words wait for a human', async () => {
        for (let after = ''; ;) {
          const page = await (await first.request.get(`/api/v1/moderation/waiting?kind=review&language=fr&limit=100${after}`)).json();
          const found = page.waiting.find((one) => affair.body.startsWith(one.opening.slice(0, 30)));
          if (found || !page.next) return found;
          after = `&after=${encodeURIComponent(page.next)}`;
        }
      });
      const refused = await first.request.post(`/api/v1/moderation/${waiting.id}/decision`, { headers: { 'X-CSRF-Token': csrf }, data: { decision: 'refuse', reason: 'insult', explanation: 'Ces mots insultent une personne.' } });
      expect(refused.status(), await refused.text()).toBe(200);
      const contested = await first.request.post(spaces[outcome], { form: { action: 'contest', explanation: affair.why } });
      expect(contested.status(), await contested.text()).toBe(200);
    }
    await first.close();

    const page = await desk('second', { at: '/office/moderation', size });
    await settled(page);
    await page.getByRole('link', { name: words('moderation.tab_complaint') }).click();
    await settled(page);
    await looksGood(page, `the appeals, ${size}`);
    const open = async (affair) => {
      await page.locator('.register a', { hasText: affair.body.slice(0, 30) }).click();
      await expect(page.locator('.decide-words')).toContainText(affair.body);
      // Everything a second reader needs: the words, the decision and its reason, what the author says against it; no star.
      await expect(page.locator('.affair').filter({ hasText: words('moderation.decision_before') })).toContainText('Ces mots insultent une personne.');
      await expect(page.locator('.affair').filter({ hasText: words('moderation.complaint_author') })).toContainText(affair.why);
      await expect(page.locator('.stars')).toHaveCount(0);
    };
    const { right, wrong } = affairs[size];
    await open(wrong);
    await looksGood(page, `an appeal, ${size}`);
    await picture(page, size === 'wide' ? 'appeal' : 'appeal-390');
    const decide = async (what, key) => {
      if (size === 'wide') await page.keyboard.press(key);
      else await page.getByRole('button', { name: new RegExp(`^${words(`moderation.do_${what}`)}`) }).click();
    };
    // Without a word to the author nothing is decided.
    await page.locator('.decide h2').first().click();
    await decide('uphold', 'h');
    await expect(page.locator('.decide .field .error')).toHaveText(words('moderation.explanation_missing'));
    await page.getByLabel(words('moderation.explanation_complaint')).fill(wrong.told);
    await page.keyboard.press('Escape');
    await decide('uphold', 'h');
    await expect(page.locator('.toast')).toContainText(words('moderation.done_uphold'));
    await page.getByRole('link', { name: words('moderation.tab_complaint') }).click();
    await settled(page);
    await open(right);
    await page.getByLabel(words('moderation.explanation_complaint')).fill(right.told);
    await page.keyboard.press('Escape');
    await decide('overturn', 'o');
    await expect(page.locator('.toast').last()).toContainText(words('moderation.done_overturn'));

    // Final after six seconds. The one is public, unchanged, the other is not; both authors read why.
    const listed = await until('the reversed refusal is published', async () => {
      const all = await publicReviews('FR-VER');
      return all.some((one) => one.body === right.body) ? all : undefined;
    }, 30);
    expect(listed.map((one) => one.body)).not.toContain(wrong.body);
    await until('the author who was upheld against reads why', async () => (await (await fetch(baseURL + spaces.wrong)).text()).includes(wrong.told.slice(0, 25)), 30);
    const decided = (await (await page.request.get('/api/v1/moderation/complaints?state=decided')).json()).complaints;
    expect(decided.find((one) => one.explanation === wrong.why)?.outcome).toBe('upheld');
    expect(decided.find((one) => one.explanation === right.why)?.outcome).toBe('overturned');
    expect(decided.every((one) => one.moderator !== staff.moderator.email)).toBe(true);
  });
}
