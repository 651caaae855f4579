// Files brought in the desk, on a platform of their own: people looked at and taken; a large file whose progress is seen row by row and whose
// report stays. At 1280 and 390 px, without a fault of accessibility.
import { startOffice } from './access_server.js';
import { expect, looksGood, picture, settled, test as base, words } from './desk.js';

const admin = 'ann@example.org', hq = 'hugo@example.org', secret = 'four words that nobody guesses 12';
let office;
const test = base.extend({
  office: [async ({}, use) => {
    office = await startOffice([[admin, 'admin', '*'], [hq, 'hq', '*']], { 'access.second_factor': 'optional' });
    for (const who of [admin, hq]) {
      const token = office.links[who].split('/').pop();
      const set = await fetch(`${office.url}/api/v1/passwords`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token, password: secret }) });
      if (!set.ok) throw new Error(await set.text());
    }
    await use(office);
    await office.stop();
  }, { scope: 'worker', timeout: 90_000 }],
  baseURL: async ({ office: started }, use) => use(started.url),
});
test.describe.configure({ mode: 'default' });

const bring = async (page, kind, name, text) => {
  await page.getByLabel(words('settings.file_kind')).selectOption(kind);
  await page.locator('.set-file input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: words('settings.look') }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible({ timeout: 30_000 });
};

for (const size of ['wide', 'phone']) {
  test(`people are looked at and taken, ${size}`, async ({ desk }) => {
    const page = await desk({ email: admin, password: secret }, { size, at: '/office/settings/imports' });
    await settled(page);
    await looksGood(page, `imports, ${size}`);
    const staff = size === 'wide'
      ? 'email,name,role,scope,locale\nines.duval@example.org,Inès Duval,site,FR-NAN,fr-FR\npaul.roux@example.org,Paul Roux,moderator,*,fr-FR\nnobody@example.org,Nobody,site,FR-NIX,fr-FR\nking@example.org,King,king,*,fr-FR\n'
      : 'email,name,role,scope,locale\nolga.weiss@example.org,Olga Weiss,country,DE,de-DE\nnowhere@example.org,Nemo,country,Deutschland,de-DE\n';
    await bring(page, 'people', `staff-${size}.csv`, staff);
    // What would be taken, and what not and why: a role and a place nobody knows. Nothing is there yet.
    await expect(page.locator('.set-one')).toContainText(size === 'wide' ? 'Paul Roux' : 'Olga Weiss');
    await expect(page.locator('.set-one')).toContainText(/scope/);
    await looksGood(page, `a look at people, ${size}`);
    await picture(page, size === 'wide' ? 'import-people' : 'import-people-390');
    const known = async () => (await (await page.request.get('/api/v1/users?limit=100')).json()).users.map((one) => one.email);
    const coming = size === 'wide' ? ['ines.duval@example.org', 'paul.roux@example.org'] : ['olga.weiss@example.org'];
    for (const email of coming) expect(await known()).not.toContain(email);
    await page.getByRole('button', { name: size === 'wide' ? 'Take 2 rows' : 'Take 1 row' }).click();
    await expect(page.locator('.set-one [role=status]')).toContainText(words('settings.import_done'), { timeout: 20_000 });
    for (const email of coming) expect(await known()).toContain(email);
    await looksGood(page, `people that were taken, ${size}`);
    await page.getByRole('navigation', { name: words('settings.title') }).getByRole('link', { name: words('settings.tab_people'), exact: true }).click();
    await expect(page.getByText(size === 'wide' ? 'Inès Duval' : 'Olga Weiss')).toBeVisible();
  });
}

test('headquarters brings files, but nobody new with a role', async ({ desk }) => {
  const page = await desk({ email: hq, password: secret }, { at: '/office/settings/imports' });
  await settled(page);
  expect(await page.getByLabel(words('settings.file_kind')).locator('option').evaluateAll((all) => all.map((one) => one.value))).toEqual(['sites', 'products', 'experiences']);
  const { csrf } = await (await page.request.get('/api/v1/session')).json();
  const refused = await page.request.post('/api/v1/imports', { headers: { 'X-CSRF-Token': csrf }, multipart: { kind: 'people', file: { name: 'me.csv', mimeType: 'text/csv', buffer: Buffer.from('email,name,role,scope\nme@example.org,Me,admin,*\n') } } });
  expect(refused.status()).toBe(403);
});

test('a large file: how far it is, row by row, and its report', async ({ desk }) => {
  test.setTimeout(150_000);
  const page = await desk({ email: admin, password: secret }, { at: '/office/settings/imports' });
  await settled(page);
  const rows = 40_000, rejected = 250;
  let text = 'id,kind,occurred_on,site,customer,first_name,last_name,email,locale,consent\n';
  for (let at = 1; at <= rows; at++) text += `L-${at},workshop,2024-03-${String((at % 28) + 1).padStart(2, '0')},${at <= rejected ? 'NOWHERE' : 'FR-NAN'},K-${at},Ada,Long,a${at}@example.org,fr-FR,invitation=no\n`;
  await bring(page, 'experiences', 'visits.csv', text);
  await page.getByRole('button', { name: /^Take 40,000 rows|^Take 39,750 rows/ }).click();
  // It moves by itself: what is shown are numbers of rows, each larger than the one before.
  const seen = new Set();
  const bar = page.locator('.set-progress progress');
  const status = page.locator('.set-one [role=status]').last();
  let looked = false;
  const ended = Date.now() + 120_000;
  while (Date.now() < ended) {
    const shown = await status.innerText({ timeout: 2000 }).catch(() => '');
    const found = /^([\d,]+) of 40,000 rows$/.exec(shown.trim());
    if (found) seen.add(Number(found[1].replaceAll(',', '')));
    if (seen.size > 0 && !looked) {
      looked = true;
      await expect(bar).toHaveAttribute('max', '40000');
      await looksGood(page, 'a file that is being taken');
      await picture(page, 'import-progress');
    }
    if (shown.startsWith(words('settings.import_done'))) break;
    await page.waitForTimeout(150);
  }
  const steps = [...seen];
  console.log(`shown while 40,000 rows were taken: ${steps.join(', ')}`);
  expect(steps.filter((one) => one > 0 && one < rows).length, 'steps that were seen between nothing and all').toBeGreaterThanOrEqual(1);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  // The report: what was taken, what was not, on which line and why; and to take along.
  await expect(page.locator('.set-one')).toContainText('40,000 rows read: 39,750 taken, 0 already there, 250 rejected.');
  await expect(page.locator('.set-one')).toContainText('The first 200 of 250.');
  const csv = await (await page.request.get(await page.locator('.set-one a[download]').getAttribute('href'))).text();
  expect(csv.split('\r\n')[0]).toBe('line,reason');
  expect(csv).toMatch(/^2,.*site/m);
  expect(csv).not.toContain('@example.org');
  await looksGood(page, 'the report of a file');
  await picture(page, 'import-report');
});
