// The desk's rig: a page signed in as a role, watched: nothing may be said on the console, no policy broken, no request fail that a test
// does not expect. looksGood() holds a screen against WCAG (axe), overflow, words left over; with SCREENSHOTS=DIR it keeps a picture.
import fs from 'node:fs';
import path from 'node:path';
import { test as base, expect } from '@playwright/test';
import { axe } from '../axe.js';
import { password, staff } from '../platform/staff.js';
import { smallPng } from './small_png.js';

export { expect, staff, password };

const folder = path.resolve(__dirname, '../../../i18n/desk');
const catalogue = {};
for (const area of fs.readdirSync(folder)) {
  for (const file of fs.readdirSync(path.join(folder, area))) {
    const language = path.basename(file, '.json');
    for (const [key, text] of Object.entries(JSON.parse(fs.readFileSync(path.join(folder, area, file), 'utf8')))) (catalogue[language] ??= {})[`${area}.${key}`] = text;
  }
}
/** A text without arguments as the desk shows it, so that a better wording breaks no test. */
export function words(key, language = 'en') {
  const text = catalogue[language]?.[key];
  if (text === undefined) throw new Error(`i18n/desk has no ${key} in ${language}`);
  return text.replaceAll("''", "'");
}
const roots = fs.readdirSync(folder).join('|');
const leftover = new RegExp(`(?<![\\w./@-])(?:${roots})\\.[a-z]\\w+|(?<!/)\\{[a-z]\\w*[,}]`, 'g');  // "/reviews/{review}" is a route in the audit trail

export const widths = { wide: { width: 1280, height: 820 }, phone: { width: 390, height: 844 } };

// A password is slow on purpose. A worker gives each once and keeps the cookies; who was signed out meanwhile, or took another role, comes in anew.
const signedIn = new Map();
async function signIn(context, baseURL, person) {
  const name = `${baseURL} ${person.email}`, known = signedIn.get(name);
  if (known) {
    await context.addCookies(known.cookies);
    const answer = await context.request.get('/api/v1/session');
    if (answer.ok() && (await answer.json()).role === known.role) return;
    await context.clearCookies();
  }
  const answer = await context.request.post('/api/v1/session', { data: person });
  expect(answer.status(), `signing in as ${person.email}: ${await answer.text()}`).toBe(200);
  signedIn.set(name, { cookies: await context.cookies(), role: (await answer.json()).role });
}

export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.PLATFORM_URL),
  /** desk('moderator', { size: 'phone', scheme: 'dark', language: 'de', at: '/office/' }): a page, signed in. Role undefined: nobody; { email, password }: a person. */
  desk: async ({ browser, baseURL }, use) => {
    const complaints = [];
    const contexts = [];
    const open = async (role, { size = 'wide', scheme = 'light', language = 'en', at = '/office/', expected = [] } = {}) => {
      const context = await browser.newContext({ baseURL, viewport: widths[size], colorScheme: scheme, locale: language, hasTouch: size === 'phone', isMobile: size === 'phone' });
      contexts.push(context);
      // The account's language is its owner's; a test reads in its own.
      await context.addInitScript((chosen) => {
        if (location.protocol !== 'about:' && !localStorage.getItem('verbatim.language')) localStorage.setItem('verbatim.language', chosen);
      }, language);
      if (role) await signIn(context, baseURL, typeof role === 'string' ? { email: staff[role].email, password } : role);
      const page = await context.newPage();
      page.expectProblem = (pattern) => expected.push(pattern);
      const isExpected = (text) => expected.some((pattern) => pattern.test(text)) || (!role && /\/api\/v1\/session/.test(text));
      page.on('console', (message) => {
        if (!['error', 'warning'].includes(message.type())) return;
        const text = `${message.text()} (${message.location().url})`;
        if (!isExpected(text)) complaints.push(`console: ${text}`);
      });
      page.on('pageerror', (error) => complaints.push(`script: ${error.stack}`));
      page.on('requestfailed', (request) => {
        const text = `${request.url()} ${request.failure()?.errorText}`;
        if (!/ERR_ABORTED/.test(text) && !isExpected(text)) complaints.push(`request: ${text}`);
      });
      page.on('response', (response) => {
        const text = `${response.status()}: ${response.url()}`;
        if (response.status() >= 400 && !isExpected(text)) complaints.push(text);
      });
      await page.goto(at);
      await page.locator('main h1').first().waitFor();
      return page;
    };
    await use(open);
    for (const context of contexts) await context.close();
    expect(complaints, 'what the browser complained of').toEqual([]);
  },
});

/** Waits until nothing is loading any more. */
export const settled = async (page) => {
  // The first look at the evidence of a day measures it.
  await expect(page.locator('.waiting')).toHaveCount(0, { timeout: 40_000 });
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
};

export async function looksGood(page, name, { shownKeys = /^$/ } = {}) {  // shownKeys: names the screen means to show, which look like keys
  await settled(page);
  const found = await axe(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`), `axe on ${name}`).toEqual([]);
  const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide, `${name} overflows to the right`).toBeLessThanOrEqual(inner);
  expect(((await page.locator('body').innerText()).match(leftover) ?? []).filter((found) => !shownKeys.test(found)), `keys or braces left over on ${name}`).toEqual([]);
}

/** Goes there as somebody without a mouse does: Tab until it is reached. */
export async function tabTo(page, target, most = 150) {
  await expect(target).toHaveCount(1);
  for (let pressed = 0; pressed < most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not reached by ${most} times Tab`);
}

/** A picture for docs/pictures/desk: at most 80 KB. */
export async function picture(page, name) {
  if (!process.env.SCREENSHOTS) return;
  await settled(page);
  await page.evaluate(() => document.fonts.ready);
  fs.mkdirSync(process.env.SCREENSHOTS, { recursive: true });
  const file = path.join(process.env.SCREENSHOTS, `${name}.png`);
  fs.writeFileSync(file, smallPng(await page.screenshot({ scale: 'css', animations: 'disabled', caret: 'hide' })));
  expect(fs.statSync(file).size, `${file} is larger than 80 KB`).toBeLessThan(80 * 1024);
}
