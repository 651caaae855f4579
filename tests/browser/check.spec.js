// The page that checks a receipt in the reader's own browser (norms AUT-5, TLG-2, TLG-9).
import { axe } from './axe.js';
import { test, expect, pages } from './test.js';
import { address } from './platform/platform.js';

let receipt, proof, publication;

test.beforeAll(async () => {
  const space = pages().alice;
  const get = async (path) => {
    const got = await fetch(address() + space + path);
    if (!got.ok) throw new Error(`${path}: ${got.status}`);
    return got.text();
  };
  receipt = await get('/receipt.json');
  proof = await get('/proof.tlog-proof');
  publication = await get('/proof.tlog-proof?leaf=published');
});

const give = async (page, ...files) => {
  await page.locator('#files').setInputFiles(files.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })));
};
const end = (page) => page.locator('#check-end');

test('AUT-5, TLG-9: receipt and proof hold, step by step, and nothing but the log is asked', async ({ page }) => {
  await page.goto('/en/check');
  const asked = [];
  page.on('request', (request) => asked.push([request.method(), new URL(request.url()).pathname]));
  await give(page, ['receipt.json', receipt], ['review.tlog-proof', proof]);
  await expect(end(page)).toHaveText('Everything that was given holds.');
  const steps = page.locator('#check-steps li');
  await expect(steps.filter({ hasText: 'signed by this site’s log' })).toHaveCount(1);
  await expect(steps.filter({ hasText: JSON.parse(receipt).commitment })).toHaveCount(1);
  await expect(steps.filter({ hasText: 'The entry (received) is number' })).toHaveCount(1);
  await expect(steps.filter({ hasText: 'still holds it at its place' })).toHaveCount(1);
  // The browser fetches the page's icon when it pleases.
  expect(asked.filter(([method, path]) => method !== 'GET' || !/^\/(log\/(checkpoint|tile\/)|a\/icon\.)/.test(path))).toEqual([]);
  expect(asked.some(([, path]) => path === '/log/checkpoint')).toBe(true);
  const found = await axe(page).analyze();
  expect(found.violations.map((one) => one.id)).toEqual([]);
});

test('MOD-5: the publication is proven to be the receipt’s words, letter for letter', async ({ page }) => {
  await page.goto('/en/check');
  await give(page, ['receipt.json', receipt], ['published.tlog-proof', publication]);
  await expect(end(page)).toHaveText('Everything that was given holds.');
  await expect(page.locator('#check-steps')).toContainText('letter for letter');
  await give(page, ['published.tlog-proof', publication]);  // alone: the file carries the entry
  await expect(page.locator('#check-steps')).toContainText('The entry (published) is number');
});

test('TLG-9: a proof without its entry is looked up in the log; pasted text will do', async ({ page }) => {
  await page.goto('/de/check');
  await page.locator('#paste').fill(proof);
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await expect(end(page)).toHaveText('Alles, was vorlag, stimmt.');
  await page.locator('#paste').fill(`${receipt}\n${proof}`);
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await expect(page.locator('#check-steps')).toContainText(JSON.parse(receipt).commitment);
});

const spoil = (text, at) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

for (const [what, files, said] of [
  ['other words', () => [['receipt.json', receipt.replace('Accueil aimable', 'Accueil affable')]], 'another receipt'],
  ['another deadline', () => [['receipt.json', receipt.replace(/"decide_by":"2/, '"decide_by":"3')]], 'another receipt'],
  ['a changed signature', () => [['receipt.json', spoil(receipt, receipt.lastIndexOf('\\n"}') - 20)]], 'The signature is wrong'],
  ['a changed hash', () => [['receipt.json', receipt], ['a.tlog-proof', proof.replace(/(index \d+\n)(.)/, (_, head, first) => head + (first === 'A' ? 'B' : 'A'))]], 'not of the receipt’s entry'],
  ['another place', () => [['a.tlog-proof', publication.replace(/index \d+/, (line) => `index ${Number(line.slice(6)) - 1}`)]], 'hashes do not lead'],
  ['a file that is neither', () => [['cat.json', 'meow']], 'cannot be read'],
  ['nothing', () => [['empty.json', '']], 'first'],
]) {
  test(`AUT-5: ${what} does not hold`, async ({ page }) => {
    await page.goto('/en/check');
    await give(page, ...files());
    await expect(end(page)).toHaveClass('bad');
    await expect(end(page)).toContainText(said);
  });
}

test('AUT-5: without JavaScript the page says how to check with the program', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: address() });
  const page = await context.newPage();
  await page.goto('/fr/check');
  await expect(page.locator('#check-form')).toBeHidden();
  await expect(page.locator('pre')).toContainText('verbatim-verify proof');
  await context.close();
});
