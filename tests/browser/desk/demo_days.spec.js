// Days of people in the demo itself, whose months are invented but came in through the gates of any customer's. Headquarters finds why
// Spain's workshop rating fell (the workshops of one group wait for parts), a product manager follows what a model's owners say to its end,
// an adviser reads what was said to him, a site manager opens the monthly report from its mail, the call centre calls, the CRM manager has letters
// printed. At 1280 and 390 px, without a fault of accessibility.
import { axe } from '../axe.js';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { theDemo } from './demo_server.js';
import { expect, looksGood, picture, settled, tabTo, test as base, words } from './desk.js';

const test = base.extend({
  demo: [async ({}, use) => use(await theDemo()), { timeout: 600_000 }],
  baseURL: async ({ demo }, use) => use(demo.url),
});
// Tests of the same calls and the same findings go one after the other; the rest, which only looks, side by side.
const oneAfterTheOther = (name, tests) => test.describe(name, () => {
  test.describe.configure({ mode: 'default' });
  tests();
});

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

oneAfterTheOther('findings', () => {
  for (const size of ['wide', 'phone']) {
    test(`a product manager follows what a model's owners say to its end, ${size}`, async ({ desk, demo }) => {
      test.setTimeout(180_000);
      const page = await desk(demo.login('product'), { size });
      await settled(page);
      await expect(page.getByRole('heading', { level: 1, name: words('product.title') })).toBeVisible();
      await looksGood(page, `the vehicles, ${size}`);
      await picture(page, size === 'wide' ? 'product-1-models' : 'product-1-models-390');

      // What moved: one model. Its ratings and words, by age and by country.
      await page.locator('.moved a').filter({ hasText: 'Virelai' }).click();
      await expect(page).toHaveURL(/product%3AVIRELAI/);
      await settled(page);
      await expect(page.locator('.key-figure').first().locator('.verdict.alarm')).toBeVisible();
      // Its versions beside each other, and apart from them whom the dealer's file puts down to the model alone.
      for (const version of ['Virelai Hybrid 140', 'Virelai P 130', words('headquarters.version_unknown')]) await expect(page.locator('.dots').first()).toContainText(version);
      for (const dimension of ['age', 'country']) {
        await page.getByRole('button', { name: words(`headquarters.by_${dimension}`), exact: true }).click();
        await settled(page);
        await expect(page.locator('.dots li').first()).toBeVisible();
      }
      await looksGood(page, `a model, ${size}`);
      await picture(page, size === 'wide' ? 'product-2-model' : 'product-2-model-390');

      // The sentences that say the same thing become a finding. On the telephone those that came last.
      if (size === 'phone') await page.getByRole('button', { name: words('headquarters.newest'), exact: true }).click();
      await settled(page);
      const choices = page.locator('.sentences').getByLabel(words('headquarters.choose'));
      const behind = Math.min(12, await choices.count());
      for (let at = 0; at < behind; at++) await choices.nth(at).check();
      await page.getByRole('link', { name: words('headquarters.write_finding') }).click();
      const title = size === 'wide' ? 'The engine knocks on cold mornings' : 'A rattle before the engine is warm';
      await page.getByLabel(words('findings.name')).fill(title);
      await page.getByLabel(words('findings.text')).fill(size === 'wide' ? 'For the first minute after a cold night. Workshops find nothing and send owners home.' : 'Owners describe it in the same way everywhere; it goes away after some kilometres.');
      await page.getByRole('button', { name: words('findings.keep') }).click();
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
      await expect(page.locator('.finding .sentences li')).toHaveCount(behind);
      await looksGood(page, `a finding, ${size}`);
      await picture(page, size === 'wide' ? 'product-3-finding' : 'product-3-finding-390');

      // Sent to whom it concerns, who says what was done.
      const manager = await desk(demo.login('hq'), { size, at: '/office/findings' });
      const name = (await (await manager.request.get('/api/v1/session')).json()).name;
      await page.getByRole('button', { name: words('findings.send'), exact: true }).click();
      await page.getByLabel(words('findings.filter')).fill(name);
      await page.getByRole('checkbox', { name }).check();
      await looksGood(page, `whom to send it to, ${size}`);
      await page.getByRole('button', { name: 'Send to 1 person' }).click();
      await expect(page.locator('.finding-people')).toContainText(name);
      await manager.getByRole('link', { name: new RegExp(title) }).click();
      await manager.getByLabel(words('findings.answer'), { exact: true }).fill('Eleven cars so far, all with the same tensioner.');
      await manager.getByLabel(words('findings.changed'), { exact: true }).fill('Every workshop has the new tensioner and fits it free of charge.');
      await manager.getByRole('button', { name: words('findings.answer_send') }).click();
      await expect(page.locator('.finding-people')).toContainText('fits it free of charge');  // by itself
      await picture(page, size === 'wide' ? 'product-4-answered' : 'product-4-answered-390');

      // Closed: those who had said it hear of it in their language, once, where the law and their own choice allow it.
      const before = new Set(demo.mails());
      await page.getByRole('button', { name: words('findings.we_changed') }).click();
      const boxes = page.locator('.finding-form textarea');
      await expect(boxes.first()).toBeVisible();
      const told = 'TENSIONER-' + size;
      for (const box of await boxes.all()) await box.fill(`${told}: your workshop now fits a new part, free of charge.`);
      await page.getByRole('button', { name: words('findings.who_hears') }).click();
      await expect(page.locator('.finding-form [role=status] b')).toBeVisible();
      await looksGood(page, `who hears of it, ${size}`);
      const hear = Number(/^(\d+) customer/.exec(await page.locator('.finding-form [role=status] b').innerText())?.[1] ?? 0);
      if (size === 'wide') expect(hear, 'customers who may be told').toBeGreaterThan(0);
      await page.getByRole('button', { name: words('findings.close_tell') }).click();
      await looksGood(page, `before it is sent, ${size}`);
      await page.getByRole('dialog').getByRole('button', { name: words('findings.tell') }).click();
      await expect(page.getByRole('heading', { name: words('findings.customers') })).toBeVisible();
      await looksGood(page, `a finding that is closed, ${size}`);
      await picture(page, size === 'wide' ? 'product-5-told' : 'product-5-told-390');
      // As many letters as were promised, no more.
      const letters = async () => {
        const fresh = await Promise.all(demo.mails().filter((mail) => !before.has(mail)).map(async (mail) => (await page.request.get(`/demo/outbox/${mail}`)).text()));
        return fresh.filter((text) => text.includes(told)).length;
      };
      await expect.poll(letters, { timeout: 30_000 }).toBe(hear);
    });
  }
});

for (const size of ['wide', 'phone']) {
  test(`an adviser reads his own page, ${size}`, async ({ desk, demo }) => {
    const page = await desk(demo.login('adviser'), { size });
    await settled(page);
    await expect(page.getByRole('heading', { level: 1, name: words('network.mine') })).toBeVisible();
    const shown = await page.locator('.key-figures').innerText();
    await expect(page.locator('.sentences li').first()).toBeVisible();
    await looksGood(page, `an adviser's page, ${size}`);
    // What headquarters reads of him, and nothing of his colleagues or his house.
    const { branch } = await (await page.request.get('/api/v1/session')).json();
    expect(branch).toMatch(/^adviser:/);
    const hq = await desk(demo.login('hq'), { size, at: `/office/headquarters/${encodeURIComponent(branch)}` });
    await settled(hq);
    expect(await hq.locator('.key-figures').innerText()).toBe(shown);
    for (const other of ['site:FR-NAN', '*', `adviser:${Number(branch.slice(8)) + 1}`]) {
      expect((await page.request.get(`/api/v1/figures/summary?branch=${encodeURIComponent(other)}`)).status(), other).toBe(404);
    }
    // The words stand there whole; case, customer and answer are his house's, and no link leads to them.
    await expect(page.locator('.sentences').getByRole('link')).toHaveCount(0);
  });
}

// Last month's report lies in the outbox. The mail, the paper in it and the desk it leads to say the same.
test('the monthly report leads from its mail to the desk', async ({ desk, demo }) => {
  test.setTimeout(120_000);
  const manager = demo.login('site');
  const report = () => demo.mails().find((name) => { const mail = demo.mail(name); return /report-\d{4}-\d\d\.pdf/.test(mail) && new RegExp(`^To:.*<${manager.email}>`, 'm').test(mail); });
  await expect.poll(report, { timeout: 30_000 }).toBeTruthy();
  const page = await desk(manager, { language: 'fr' });
  // As a mail program shows it: by itself, away from the platform.
  const html = await (await page.request.get(`/demo/outbox/${report()}/html`)).text();
  await page.goto('about:blank');
  await page.setContent(html);
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  const figures = (text) => text.match(/\d+(?:,\d+)?/g);
  const told = plain(await page.locator('body').innerText());
  const [, reviews] = /(\d+) avis\. Le rapport complet est joint/.exec(told), [, mean] = /Note : (\d,\d+) sur 5/.exec(told);
  const steps = (await page.locator('td.rule:not(:has(p))').allInnerTexts()).map(plain);
  expect(steps.length).toBeGreaterThan(1);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const found = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect(found.violations.map((one) => one.id), `axe on the mail, ${colorScheme}`).toEqual([]);
    await picture(page, `report-mail-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });

  // The paper that travels with it.
  const [, coded] = /^Content-Type: application\/pdf[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/m.exec(demo.mail(report()));
  const paper = plain(execFileSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input: Buffer.from(coded, 'base64') }).toString());
  for (const step of steps) expect(paper).toContain(step);
  expect(paper).toContain(`${mean} (`);

  // Its link opens the desk, where the same month stands.
  await page.locator('a[href*="/office/reports/site:FR-NAN"]').first().click();
  await expect(page).toHaveURL(/\/office\/reports\/site:FR-NAN\?month=\d{4}-\d\d$/);
  await expect(page.getByRole('heading', { level: 1, name: words('reports.title', 'fr') })).toBeVisible();
  await settled(page);
  const row = (name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: words(name, 'fr'), exact: true }) }).first();
  await expect(row('headquarters.rating').getByRole('cell').first()).toContainText(mean);
  await expect(row('headquarters.volume').getByRole('cell').first()).toHaveText(reviews);
  const shown = (await page.locator('.report-next li').allInnerTexts()).map(plain);
  expect(shown.map(figures)).toEqual(steps.map(figures));
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await looksGood(page, `the month at the desk, ${colorScheme}`);
    await picture(page, `report-from-mail-${colorScheme}`);
  }
});

oneAfterTheOther('calls', () => {
  test('the CRM manager tells what came of a call', async ({ desk, demo }) => {
    const page = await desk(demo.login('crm'), { at: '/office/plan/calls' });
    await settled(page);
    const calls = page.locator('.plan-calls > li');
    const first = calls.first(), name = await first.getByRole('heading').innerText(), before = await calls.count();
    await expect(first.locator('a[href^="tel:+"]')).toBeVisible();
    await first.getByRole('button', { name: words('plan.call_call_back') }).click();
    await first.getByLabel(words('plan.call_when')).fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16));
    await first.getByRole('button', { name: words('plan.call_keep') }).click();
    await expect(calls).toHaveCount(before - 1);
    await calls.first().getByRole('button', { name: words('plan.call_do_not_call') }).click();
    await expect(page.getByText(words('plan.call_for_good'))).toBeVisible();
    await looksGood(page, 'a call');
    await calls.first().getByRole('button', { name: words('plan.call_keep') }).click();
    await expect(calls).toHaveCount(before - 2);
    // What was told is kept: neither is due after a look anew.
    await page.reload();
    await settled(page);
    await expect(calls.first().getByRole('heading')).not.toHaveText(name);
  });

  for (const size of ['wide', 'phone']) {
    test(`the call centre has its calls and no plan, ${size}`, async ({ desk, demo }) => {
      const page = await desk(demo.login('agent'), { size, language: size === 'wide' ? 'en' : 'es' });
      await settled(page);
      const language = size === 'wide' ? 'en' : 'es';
      if (size === 'phone') await page.goto('/office/calls');
      else {
        await expect(page.locator('nav').getByRole('link', { name: words('plan.title', language), exact: true })).toHaveCount(0);
        await page.keyboard.press('g');
        await page.keyboard.press('k');
      }
      await expect(page.getByRole('heading', { level: 1, name: words('plan.calls_title', language) })).toBeVisible();
      await settled(page);
      const calls = page.locator('.plan-calls > li');
      const before = await calls.count(), name = await calls.first().getByRole('heading').innerText();
      expect(before).toBeGreaterThan(1);
      await looksGood(page, `the call centre's calls, ${size}`);
      await picture(page, size === 'wide' ? 'agent-calls' : 'agent-calls-390');
      await calls.first().getByRole('button', { name: words('plan.call_reached', language), exact: true }).click();
      await calls.first().getByRole('button', { name: words('plan.call_keep', language) }).click();
      await expect(calls).toHaveCount(before - 1);
      await page.reload();
      await settled(page);
      await expect(calls.first().getByRole('heading')).not.toHaveText(name);
      for (const closed of ['plan', 'plan/campaigns?from=2026-01-01&until=2026-02-01', 'plan/paper/runs', 'plan/versions']) {
        expect((await page.request.get(`/api/v1/${closed}`)).status(), closed).toBe(403);
      }
    });
  }
});

test('the CRM manager has a recall printed, with the keyboard alone', async ({ desk, demo }) => {
  test.setTimeout(120_000);
  const page = await desk(demo.login('crm'), { at: '/office/plan/paper' });
  await settled(page);
  await expect(page.getByText(words('plan.paper_none'), { exact: true })).toBeVisible();
  await looksGood(page, 'no print run');
  const press = async (target) => { await tabTo(page, target); await page.keyboard.press('Enter'); };
  await press(page.getByRole('button', { name: words('plan.paper_make') }));
  const run = page.getByRole('article', { name: 'Print run 1' });
  await expect(run).toContainText(words('plan.paper_open'));
  await expect(page.getByText(words('plan.paper_none_waits'))).toBeVisible();
  await looksGood(page, 'a print run');
  await picture(page, 'plan-paper');
  // What the links bring: as many PDFs as addresses, each as the manifest says.
  const fetched = {};
  for (const link of await run.getByRole('link').all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), link.press('Enter')]);
    fetched[download.suggestedFilename()] = fs.readFileSync(await download.path());
  }
  const names = Object.keys(fetched).sort();
  expect(names[0]).toMatch(/^run-1-letters-1-\d+\.zip$/);
  expect(names.slice(1)).toEqual(['run-1-letters.csv', 'run-1-manifest.json']);
  const manifest = JSON.parse(fetched['run-1-manifest.json']);
  expect(manifest.letters).toBeGreaterThan(5);
  expect(manifest.by_campaign.recall).toBe(manifest.letters);
  const csv = fetched['run-1-letters.csv'].toString();
  expect(csv.trim().split('\r\n').length).toBe(manifest.letters + 1);
  expect(createHash('sha256').update(fetched['run-1-letters.csv']).digest('hex')).toBe(manifest.files.find((one) => one.name === 'letters.csv').sha256);
  const zip = fetched[names[0]];
  expect(zip.readUInt16LE(zip.length - 12)).toBe(manifest.letters);  // how many files its directory lists
  // It is at the printer's: asked once more, for that is not taken back.
  await press(run.getByRole('button', { name: words('plan.paper_printed') }));
  await looksGood(page, 'asked whether it is at the printer’s');
  await page.getByRole('dialog').getByRole('button', { name: words('plan.paper_printed_yes') }).press('Enter');
  await expect(run.getByRole('button', { name: words('plan.paper_printed') })).toHaveCount(0);
  await expect(run).toContainText('files to be had until');
  // Three envelopes came back; one number was misread and stays to be looked at.
  const box = page.getByLabel(words('plan.paper_returned'));
  await tabTo(page, box);
  await box.fill('1-00001 moved away\n1-00002\n81-00003 no such house');
  await press(page.getByRole('button', { name: words('plan.paper_note') }));
  await expect(page.getByText(/2 letters are noted/)).toBeVisible();
  await expect(page.getByText(/No letter has this number: 81-00003/)).toBeVisible();
  await expect(box).toHaveValue('81-00003 no such house');
  await expect(run).toContainText('2 came back');
  await looksGood(page, 'what came back');
  for (const [size, scheme, language] of [['phone', 'light', 'de'], ['phone', 'dark', 'pl'], ['wide', 'dark', 'pt']]) {
    const other = await desk(demo.login('crm'), { at: '/office/plan/paper', size, scheme, language });
    await settled(other);
    await expect(other.locator('.plan-runs > li')).toHaveCount(1);
    await looksGood(other, `paper, ${size}, ${scheme}, ${language}`);
    if (scheme === 'light') await picture(other, 'plan-paper-390');
  }
  // Who may read the plan prints nothing.
  const reader = await desk(demo.login('auditor'), { at: '/office/plan' });
  await settled(reader);
  await expect(reader.getByRole('navigation', { name: words('plan.title') }).getByRole('link', { name: words('plan.paper'), exact: true })).toHaveCount(0);
});

// Every screen as the demo shows it, held against WCAG, with its picture for docs/pictures/desk.
const first = '.register a';
for (const [role, screens] of Object.entries({
  site: [['today', 'today', , 'both'], ['cases', 'case', first, 'both'], ['reviews', 'reviews', first, 'both'], ['reports/site:FR-NAN', 'report']],
  moderator: [['moderation', 'moderation', first, 'both']],
  hq: [['headquarters', 'headquarters', , 'both'], ['headquarters/country:ES?service=workshop', 'headquarters-country', , 'both'], ['network', 'network', , 'both'], ['findings', 'findings', first, 'both']],
  product: [['product', 'product', , 'both'], ['product/product:VIRELAI?by=age', 'product-model', , 'both']],
  adviser: [['network', 'adviser', , 'both']],
  crm: [['plan/effects', 'plan-effects', , 'both'], ['plan/calls', 'plan-calls', , 'both'], ['plan/versions', 'plan-versions', , 'both']],
  auditor: [['auditor', 'auditor', , 'both'], ['auditor/log', 'auditor-log'], ['auditor/trail', 'auditor-trail']],
  admin: [['account', 'account'], ['settings/sites', 'settings-sites', first], ['settings/people', 'settings-people', first], ['settings/questionnaires', 'settings', first, 'both'], ['settings/rules', 'settings-rules', first],
    ['settings/countries', 'settings-countries', first], ['settings/values', 'settings-values', '.register a[href$="publish.max_delay_days"]', 'both'], ['settings/imports', 'settings-import', , 'both'], ['settings/webhooks', 'settings-webhooks'], ['settings/keys', 'settings-keys']],
})) {
  for (const size of ['wide', 'phone']) {
    test(`the screens of ${role}, ${size}`, async ({ desk, demo }) => {
      test.setTimeout(300_000);
      const page = await desk(demo.login(role), { size });
      for (const [address, name, open, both] of screens) {
        if (size === 'phone' && !both) continue;
        await page.goto(`/office/${address}`);
        await settled(page);
        if (open) {
          // A moderator of another language is shown what waits for others.
          if (role === 'moderator' && !(await page.locator(open).count())) await page.locator('.empty button').click({ timeout: 15_000 });
          await page.locator(open).first().click({ timeout: 15_000 });
          await settled(page);
          // A click far down leaves the page there; what was opened stands at the top.
          if (size === 'wide') await page.evaluate(() => scrollTo(0, 0));
        }
        await looksGood(page, `${name}, ${size}`, { shownKeys: /^(access|findings|moderation|reviews|cases|plan)\./ });
        await picture(page, size === 'wide' ? name : `${name}-390`);
      }
    });
  }
}

test('the way in', async ({ desk }) => {
  for (const size of ['wide', 'phone']) {
    const page = await desk(undefined, { size, at: '/office/sign-in', expected: [/401/] });
    await looksGood(page, `the way in, ${size}`);
    await picture(page, size === 'wide' ? 'sign-in' : 'sign-in-390');
  }
});
