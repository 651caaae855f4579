// The brand's own directory: a real OpenID provider on this machine, over TLS, through the browser and back.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort, startOffice } from './access_server.js';

let office, provider, folder, issuer;

// The redirect address names the office's port, which startOffice picks; so the port is told to both.
async function startProvider(port) {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
  provider = spawn(process.execPath, [path.join(__dirname, 'directory_provider.mjs'), key, certificate, `http://localhost:${port}/office/oidc/callback`, `http://localhost:${port}/office/`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  provider.stderr.on('data', (bytes) => { said += bytes; });
  issuer = await new Promise((resolve, reject) => {
    let out = '';
    provider.stdout.on('data', (bytes) => { out += bytes; const found = /listening on (\S+)/.exec(out); if (found) resolve(found[1]); });
    provider.once('exit', (code) => reject(new Error(`the directory ended with ${code}: ${said}`)));
  });
  return certificate;
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verbatim-directory.'));
  const port = await freePort();
  const certificate = await startProvider(port);
  fs.writeFileSync(path.join(folder, 'secret'), 'a secret & a half\n', { mode: 0o600 });
  office = await startOffice([['ann@aurelle.example', 'hq', '*'], ['bea@aurelle.example', 'hq', '*']], {
    'access.second_factor': 'required', 'access.oidc.issuer': issuer, 'access.oidc.client_id': 'verbatim', 'access.oidc.secret_file': path.join(folder, 'secret'),
    'access.oidc.ca': certificate, 'access.oidc.name': 'Aurelle ID', 'access.oidc.second_factor': 'otp hwk',
  }, port);
});
test.afterAll(async () => {
  provider?.kill('SIGTERM');
  await office?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});
test.describe.configure({ timeout: 120_000 });
test.use({ ignoreHTTPSErrors: true });  // the provider's certificate is of these tests; the platform itself checks it

async function comeBy(page, login) {
  await page.goto(`${office.url}/office/account`);
  await page.getByRole('link', { name: 'Sign in with Aurelle ID' }).click();
  await page.waitForURL(`${issuer}/**`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(`${office.url}/**`);
}

test('who has an account comes in, and is asked for a second factor of ours', async ({ page }) => {
  await comeBy(page, 'ann@aurelle.example');
  await expect(page.getByRole('heading', { name: 'One more lock' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/office/account');
});

test('whose directory asked for two factors is in at once; signing out reaches the directory', async ({ page }) => {
  await comeBy(page, 'strong:bea@aurelle.example');
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  await expect(page.getByText('You may sign in through it.')).toBeVisible();
  await page.locator('.page-acts').getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${issuer}/session/end**`);
  await page.locator('button[value=yes]').click();
  await page.waitForURL(`${office.url}/office/**`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a stranger, and an address nobody verified, stay outside', async ({ page, context }) => {
  await comeBy(page, 'stranger@elsewhere.example');
  await expect(page.locator('.error')).toContainText('nobody gave you a place here yet');
  await context.clearCookies();
  await comeBy(page, 'unproved:ann@aurelle.example');
  await expect(page.locator('.error')).toContainText('nobody gave you a place here yet');
});

test('an answer without a departure, or of another browser, lets nobody in', async ({ page, request }) => {
  await page.goto(`${office.url}/office/oidc/callback?code=abc&state=def`);
  await expect(page.locator('.error')).toContainText('began in another browser');
  // A departure of one browser, its state in another: the cookie is missing.
  const left = await request.get(`${office.url}/office/oidc/start`, { maxRedirects: 0 });
  const state = new URL(left.headers().location).searchParams.get('state');
  expect(new URL(left.headers().location).searchParams.get('code_challenge_method')).toBe('S256');
  await page.goto(`${office.url}/office/oidc/callback?code=abc&state=${state}`);
  await expect(page.locator('.error')).toContainText('began in another browser');
  expect((await (await request.get(`${office.url}/api/v1/sign-in`)).json()).state).toBe('nobody');
});
