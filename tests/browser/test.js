// Every test's page is watched: nothing may be said on the console, no policy broken, no cookie set, no request fail.
import { test as base, expect } from '@playwright/test';

// The browser reports every answer of 4xx on its console; a page that is one, and says so, is no fault.
const isTheAnswerItself = (message, page) =>
  /Failed to load resource: .* status of 4(04|09|10|22)/.test(message.text()) && message.location().url.split('#')[0] === page.url().split('#')[0];

export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.PLATFORM_URL),
  page: async ({ page, context }, use) => {
    const complaints = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !isTheAnswerItself(message, page)) complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') complaints.push(`request: ${request.url()} ${why}`);  // aborted: the next page was opened meanwhile
    });
    page.on('response', (response) => {
      if (response.request().isNavigationRequest() || response.status() < 400) return;
      complaints.push(`${response.status()}: ${response.url()}`);
    });
    await use(page);
    expect(complaints, 'what the browser complained of').toEqual([]);
    expect(await context.cookies(), 'cookies').toEqual([]);
  },
});

export { expect };
export const pages = () => JSON.parse(process.env.PLATFORM_PAGES);
