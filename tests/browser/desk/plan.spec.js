// The CRM manager's day with the contact plan: sees ten years of it, makes a mistake in the file and is told where, sees what a change would do,
// publishes it with a day, compares, and looks at one person's way through it. And who may only read it changes nothing.
import { expect, looksGood, picture, settled, test, words } from './desk.js';

test('ten years at a glance, in the dark and on a phone too', async ({ desk }) => {
  const page = await desk('crm', { at: '/office/' });
  await expect(page.getByRole('heading', { level: 1, name: words('plan.title') })).toBeVisible();  // what his day begins with
  await settled(page);
  await expect(page.locator('.plan-years li')).toHaveCount(31);  // thirty campaigns and the axis
  await page.getByText(words('shell.as_table')).click();
  const welcome = page.getByRole('row', { name: /Welcome: services and accessories/ });
  await expect(welcome).toContainText('Order + 7 days');
  await expect(page.getByRole('row', { name: /tenth/i }).first()).toBeVisible();
  await looksGood(page, 'the plan');
  await picture(page, 'plan');
  for (const language of ['de', 'pl']) {
    const phone = await desk('crm', { at: '/office/plan', size: 'phone', scheme: 'dark', language });
    await settled(phone);
    await looksGood(phone, `the plan on a phone, ${language}`);
    if (language === 'de') await picture(phone, 'plan-phone');
  }
});

test('the file is changed, held against the rules, tried, published and compared', async ({ desk }) => {
  const page = await desk('crm', { at: '/office/plan/file' });
  await expect(page.getByRole('heading', { name: words('plan.no_faults') })).toBeVisible();
  const file = page.getByRole('textbox', { name: words('plan.file') });
  const plan = await file.inputValue();
  const changed = plan.replace(/version = "[^"]+"/, 'version = "2026-12-02"').replace('trigger = { event = "order", after = "7 days" }', 'trigger = { event = "order", after = "3 days" }');
  expect(changed).not.toBe(plan);
  // A slip: the line is named, and a click leads there.
  await file.fill(changed.replace('purpose = "marketing"\nsender', 'purpose = "marketting"\nsender'));
  await expect(page.getByText(/did you mean "marketing"/)).toBeVisible();
  await expect(page.getByRole('button', { name: words('plan.publish') })).toBeDisabled();
  await page.locator('.plan-faults li button').first().click();
  expect(await file.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd))).toContain('marketting');
  await looksGood(page, 'the plan with a mistake');
  await picture(page, 'plan-file');
  await file.fill(changed);
  await expect(page.getByRole('heading', { name: words('plan.no_faults') })).toBeVisible();
  await page.getByRole('button', { name: words('plan.look') }).click();
  await expect(page.getByRole('heading', { name: words('plan.would_do') })).toBeVisible();
  await looksGood(page, 'what it would do');
  // Unpublished words are not lost by a slip of the hand.
  page.once('dialog', (question) => question.dismiss());
  await page.getByRole('navigation', { name: words('plan.title') }).getByRole('link', { name: words('plan.effects') }).click();
  await expect(page).toHaveURL(/plan\/file/);
  await page.getByRole('button', { name: words('plan.publish') }).click();
  const day = new Date(Date.now() + 40 * 86400e3).toISOString().slice(0, 10);
  await page.getByRole('dialog').getByLabel(words('plan.from')).fill(day);
  await looksGood(page, 'publishing');
  await page.getByRole('dialog').getByRole('button', { name: words('plan.publish') }).click();
  await expect(page).toHaveURL(/plan\/versions/);
  await expect(page.locator('.plan-list li').first()).toContainText('2026-12-02');
  await expect(page.getByRole('row', { name: /campaign welcome/ })).toContainText('3 days');
  await looksGood(page, 'versions compared');
  await picture(page, 'plan-versions');
});

test('one person’s ten years, and what a real one got', async ({ desk }) => {
  const page = await desk('crm', { at: '/office/plan/person', size: 'phone' });
  await page.getByLabel(words('plan.energy'), { exact: true }).selectOption('electric');
  await page.getByLabel(words('plan.order'), { exact: true }).fill('2027-01-15');
  await page.getByLabel(words('plan.events'), { exact: true }).fill('2028-09-01 recall');
  await page.getByRole('button', { name: words('plan.show') }).first().click();
  await expect(page.locator('.plan-line .sent').first()).toContainText('Welcome');
  await expect(page.locator('.plan-line .event', { hasText: words('plan.anchor_recall') })).toHaveCount(1);
  await page.getByRole('button', { name: words('plan.show_held') }).click();
  await expect(page.locator('.plan-line .not_sent').first()).toBeVisible();
  await looksGood(page, 'one person');
  await page.getByLabel(words('plan.events'), { exact: true }).fill('2028-09-01 recal');
  page.expectProblem(/422/);
  await page.getByRole('button', { name: words('plan.show') }).first().click();
  await expect(page.getByText(/did you mean "recall"/)).toBeVisible();
  page.expectProblem(/404/);
  await page.getByLabel(words('plan.customer'), { exact: true }).fill('nobody-of-this-number');
  await page.getByRole('button', { name: words('plan.show') }).last().click();
  await expect(page.getByText(words('problem.s404'))).toBeVisible();
  await looksGood(page, 'a number nobody has');
});

test('who may only read sees what it did and cannot publish', async ({ desk }) => {
  const page = await desk('auditor', { at: '/office/plan/file' });
  await expect(page.getByRole('heading', { name: words('plan.no_faults') })).toBeVisible();
  await expect(page.getByRole('button', { name: words('plan.publish') })).toHaveCount(0);
  await page.goto('/office/plan/effects');
  await settled(page);
  await looksGood(page, 'what the plan did');
});

test('calls: none is due, and who may only read the plan has no list of them', async ({ desk }) => {
  const page = await desk('crm', { at: '/office/plan/calls' });
  await expect(page.getByText(words('plan.call_none'), { exact: true })).toBeVisible();
  await looksGood(page, 'no calls');
  const reader = await desk('auditor', { at: '/office/plan' });
  await settled(reader);
  const tabs = reader.getByRole('navigation', { name: words('plan.title') });
  await expect(tabs.getByRole('link', { name: words('plan.versions'), exact: true })).toHaveCount(1);
  await expect(tabs.getByRole('link', { name: words('plan.calls'), exact: true })).toHaveCount(0);
});
