// The auditor: reads what the norms ask and what shows it, lays down a proof, takes everything along, sees who did what.
import fs from 'node:fs';
import { expect, looksGood, settled, test, words } from './desk.js';

const fetchFile = async (page, name) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()]);
  return fs.readFileSync(await download.path());
};

test('the auditor exports', async ({ desk }) => {
  test.setTimeout(120_000);
  const page = await desk('auditor');
  await settled(page);
  await expect(page.locator('.register a').first()).toBeVisible();
  await looksGood(page, 'the requirements');
  // What is open first, then one of it.
  await page.getByRole('link', { name: words('auditor.show_duties') }).click();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/requirements\/[A-Z]+-\d+/);
  const requirement = new URL(page.url()).pathname.split('/').at(-1);
  await settled(page);
  await looksGood(page, 'one requirement');
  await page.getByText(words('auditor.lay_down'), { exact: true }).click();
  await page.getByLabel(words('auditor.on')).fill('2026-11-02');
  await page.getByLabel(words('auditor.note')).fill('Read in the room, page by page.');
  await page.getByLabel(words('auditor.file'), { exact: true }).setInputFiles({ name: 'minutes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 minutes') });
  await looksGood(page, 'laying down a proof');
  await page.getByRole('button', { name: words('auditor.lay_down_send') }).click();
  await expect(page.locator('.proofs')).toContainText('Read in the room');
  expect((await fetchFile(page, 'minutes.pdf')).toString()).toBe('%PDF-1.4 minutes');
  await page.getByRole('button', { name: words('auditor.measure') }).click();
  await expect(page.locator('.toasts')).toContainText(words('auditor.measured'), { timeout: 60_000 });
  await expect(page.locator('.audit-duty strong')).toHaveText(words('auditor.result_duty_done'));

  await page.getByRole('link', { name: words('auditor.tab_exports') }).click();
  await settled(page);
  await looksGood(page, 'the exports');
  const report = JSON.parse(await fetchFile(page, 'evidence.json'));
  expect(report.requirements.length).toBeGreaterThan(80);
  expect(report.requirements.find((one) => one.id === requirement).duty.last_proof.note).toBe('Read in the room, page by page.');
  expect((await fetchFile(page, 'evidence.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await fetchFile(page, 'evidence.note')).toString()).toMatch(/^verbatim evidence v1\n/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.months a').first().click()]);
  const lines = fs.readFileSync(await download.path(), 'utf8').trim().split('\n').filter(Boolean).map(JSON.parse);
  expect(lines.length).toBeGreaterThan(0);  // what the platform's setup had refused
  expect(JSON.stringify(lines)).not.toContain('connard');

  await page.getByRole('link', { name: words('auditor.tab_log') }).click();
  await settled(page);
  await expect(page.locator('.facts-list .big')).toHaveText(/\d/);
  await looksGood(page, 'the log');

  await page.getByRole('link', { name: words('auditor.tab_trail') }).click();
  await settled(page);
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await expect(page.locator('tbody')).toContainText('/api/v1/evidence/proofs');
  await looksGood(page, 'who did what');
});

test('the auditor changes nothing else', async ({ desk }) => {
  const page = await desk('auditor', { at: '/office/moderation', expected: [/403/] });
  await settled(page);
  await expect(page.locator('.decide-acts')).toHaveCount(0);
  const request = page.context().request;
  const { csrf } = await (await request.get('/api/v1/session')).json();
  const [first] = (await (await request.get('/api/v1/moderation/waiting')).json()).waiting;
  if (first) {
    const answer = await request.post(`/api/v1/moderation/${first.id}/decision`, { data: { decision: 'publish' }, headers: { 'X-CSRF-Token': csrf } });
    expect(answer.status()).toBe(403);
  }
});

test('on a phone and in the dark', async ({ desk }) => {
  const page = await desk('auditor', { size: 'phone', scheme: 'dark', language: 'nl' });
  await settled(page);
  await looksGood(page, 'the requirements on a phone');
  await page.locator('.register a').first().click();
  await settled(page);
  await looksGood(page, 'one requirement on a phone');
});
