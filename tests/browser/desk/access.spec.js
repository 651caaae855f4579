// The way in, in a real browser: a link by mail, a password, a second factor made and given, codes that open once, passkeys, sessions.
import { axe } from '../axe.js';
import { test as base, expect } from '@playwright/test';
import { startOffice } from './access_server.js';
import { totp } from './totp.js';

const password = 'three quiet herons at noon';
const people = ['ann', 'bea', 'cem', 'dora'].map((name) => [`${name}@aurelle.example`, 'hq', '*']);
let office;
base.describe.configure({ timeout: 120_000 });
base.beforeAll(async () => { office = await startOffice(people, { 'access.second_factor': 'required' }); });
base.afterAll(async () => { await office?.stop(); });

// Nothing is said on the console but the answers that the test asks for.
const test = base.extend({
  page: async ({ page }, use) => {
    const complaints = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !/status of 4(01|03|04|09|10|22|29)/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(page);
    expect(complaints, 'what the browser complained of').toEqual([]);
  },
});

const accessible = async (page) => {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing sticks out').toBeLessThanOrEqual(width);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
};
const picture = async (page, name) => { if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` }); };

const inside = (page) => expect(page.getByRole('navigation', { name: /Screens|Settings and account/ }).first()).toBeVisible();
const open = (page) => page.goto(`${office.url}/office/account`);

async function choosePassword(page, email) {
  await page.goto(office.url + office.links[email]);
  await expect(page.getByText(email)).toBeVisible();
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Set this password' }).click();
  await expect(page.getByRole('heading', { name: 'One more lock' })).toBeVisible();
}

async function givePassword(page, email) {
  await open(page);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function enrolApp(page) {
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  const secret = await page.locator('.secret code').textContent();
  return secret;
}

const signOut = async (page) => {
  await open(page);
  await page.locator('.page-acts').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
};

async function keepCodes(page) {
  await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeVisible();
  const codes = await page.locator('.codes code').allTextContents();
  expect(codes).toHaveLength(10);
  await page.getByLabel('I have kept them').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  return codes;
}

test('a link, a password, an app: then in, and in again with the next code', async ({ page }) => {
  await choosePassword(page, 'ann@aurelle.example');
  await picture(page, 'enrol');
  await accessible(page);
  const secret = await enrolApp(page);
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await picture(page, 'enrol_app');
  await accessible(page);
  await page.getByLabel('Code').fill('000000');
  await expect(page.locator('.error')).toContainText('does not open');
  const used = totp(secret);
  await page.getByLabel('Code').fill(used);
  await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeVisible();
  await picture(page, 'codes');
  const codes = await keepCodes(page);
  await inside(page);
  await signOut(page);
  await picture(page, 'sign_in');
  await accessible(page);

  await givePassword(page, 'ann@aurelle.example');
  await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible();
  await picture(page, 'factor');
  await accessible(page);
  // The code that was used is refused, the next one opens.
  await page.getByLabel('Code').fill(used);
  await expect(page.locator('.error')).toContainText('does not open');
  await page.getByLabel('Code').fill(totp(secret, 1));
  await inside(page);
  await signOut(page);

  // A recovery code opens once.
  await givePassword(page, 'ann@aurelle.example');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(codes[0].toUpperCase().replace('-', ' '));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await inside(page);
  await expect(page.getByText('9 left')).toBeVisible();
  await signOut(page);
  await givePassword(page, 'ann@aurelle.example');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(codes[0]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator('.error')).toContainText('does not open');
});

async function virtualAuthenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { session, authenticatorId };
}

test('a passkey: made at the first sign-in, then instead of the password and beside it', async ({ page }) => {
  const { session, authenticatorId } = await virtualAuthenticator(page);
  await choosePassword(page, 'bea@aurelle.example');
  await page.getByRole('button', { name: 'Passkey', exact: true }).click();
  await page.getByLabel('Its name').fill('Blue key');
  await page.getByRole('button', { name: 'Make the passkey' }).click();
  await keepCodes(page);
  await inside(page);
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials).toHaveLength(1);
  expect(credentials[0].rpId).toBe('localhost');

  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await inside(page);
  await signOut(page);
  await givePassword(page, 'bea@aurelle.example');
  await page.getByRole('button', { name: 'Use the passkey' }).click();
  await inside(page);

  // Who is not verified by the device does not get in by it alone.
  await signOut(page);
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.locator('.error')).toBeVisible();
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

  // A challenge taken from one browser opens nothing in another.
  const stolen = await page.evaluate(async () => {
    const options = await (await fetch('/api/v1/session/webauthn/options', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).json();
    const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
    const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    const { id, response } = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: [] } });
    return { credential: { id, type: 'public-key', response: { clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData), signature: text(response.signature), userHandle: text(response.userHandle) } } };
  });
  const elsewhere = await fetch(`${office.url}/api/v1/session/webauthn`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(stolen) });
  expect(elsewhere.status).toBe(403);
  expect((await elsewhere.json()).code).toBe('passkey_challenge');
  // And it is spent by that, in the right browser too.
  const late = await page.evaluate(async (body) => (await fetch('/api/v1/session/webauthn', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status, stolen);
  expect(late).toBe(410);
});

test('the account: factors added, renamed, removed but for the last; sessions seen and ended', async ({ page, browser }) => {
  await virtualAuthenticator(page);
  await choosePassword(page, 'cem@aurelle.example');
  await page.getByRole('button', { name: 'Passkey', exact: true }).click();
  await page.getByRole('button', { name: 'Make the passkey' }).click();
  await keepCodes(page);
  await open(page);
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  await expect(page.getByText('this one')).toBeVisible();
  await accessible(page);
  // The last factor stays.
  await page.getByRole('button', { name: /^Remove: Linux/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('add another before you remove this one')).toBeVisible();
  // A second one.
  await page.getByRole('button', { name: 'Add an app' }).click();
  const secret = await page.locator('.secret code').textContent();
  await page.getByLabel('Code').fill(totp(secret));
  await expect(page.getByRole('button', { name: 'Remove: Authenticator app' })).toBeVisible();
  await page.getByRole('button', { name: /^Rename/ }).click();
  await page.getByRole('dialog').getByLabel('Its name').fill('Work laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('Work laptop')).toBeVisible();
  await page.getByRole('button', { name: 'Remove: Work laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Work laptop')).toBeHidden();

  // Another browser signs in; this one ends its session.
  const other = await (await browser.newContext()).newPage();
  await givePassword(other, 'cem@aurelle.example');
  await other.getByLabel('Code').fill(totp(secret, 1));
  await inside(other);
  await page.reload();
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
  await expect(page.getByRole('button', { name: 'End all others' })).toBeHidden();
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await other.context().close();
});

test('nothing of the desk opens before the second factor', async ({ page }) => {
  await choosePassword(page, 'dora@aurelle.example');
  const statuses = await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const ask = async (method, url, body) => (await fetch(url, { method, headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body })).status;
    return [await ask('GET', '/api/v1/factors'), await ask('GET', '/api/v1/sessions'), await ask('POST', '/api/v1/factors/recovery-codes', '{}'), await ask('POST', '/api/v1/session/totp', '{"code":"000000"}')];
  });
  expect(statuses).toEqual([401, 401, 401, 409]);
  // With one, it must be given: no second one can be added beside it.
  const secret = await enrolApp(page);
  await page.getByLabel('Code').fill(totp(secret));
  await keepCodes(page);
  await signOut(page);
  await givePassword(page, 'dora@aurelle.example');
  await expect(page.getByRole('heading', { name: 'Second factor' })).toBeVisible();
  const refused = await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const answer = await fetch('/api/v1/factors/totp', { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: '{}' });
    return [answer.status, (await answer.json()).code];
  });
  expect(refused).toEqual([403, 'second_factor']);
});

test('forgotten password: the same answer whoever is asked for', async ({ page }) => {
  for (const email of ['ann@aurelle.example', 'nobody@aurelle.example']) {
    await open(page);
    await page.getByRole('button', { name: 'Forgotten password' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('status').filter({ hasText: email })).toContainText('is on its way');
  }
  await accessible(page);
  const mail = await office.until('a mail to ann', () => office.mails().find((one) => /^To:.*ann@/im.test(one)));
  expect(mail).toContain('/office/password/');
  expect(office.mails().some((one) => /^To:.*nobody@/im.test(one))).toBe(false);
});
