// Every screen of every role on a telephone (390 px), in the two languages whose words are longest: nothing is wider than the screen, no
// word is broken in the bar at the foot, the tab one is on is seen. Screens are found by their links, so a new one is looked at by itself.
import { expect, settled, staff, test } from './desk.js';

// What a finger cannot reach or an eye cannot read. Lists that are meant to be pushed sideways are left out.
function faults() {
  const wide = innerWidth, found = [];
  const named = (element) => `${element.parentElement?.className || element.parentElement?.tagName} > ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const element of document.querySelectorAll('main *, .foot-bar *')) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || getComputedStyle(element).visibility === 'hidden') continue;
    let within = element.parentElement;
    while (within && getComputedStyle(within).overflowX === 'visible') within = within.parentElement;
    if (!within || within === document.documentElement || within === document.body) {
      if (box.right > wide + 1) found.push(`${named(element)} reaches to ${Math.round(box.right)} px`);
    }
  }
  const tabs = document.querySelector('.tabs'), tab = tabs?.querySelector('[aria-current]');
  if (tab) {
    const [all, mine] = [tabs.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (mine.left < all.left - 1 || mine.right > all.right + 1) found.push(`the tab "${tab.textContent}" is out of sight`);
  }
  const words = document.createTreeWalker(document.querySelector('.foot-bar') ?? document.createElement('p'), NodeFilter.SHOW_TEXT);
  for (let text; (text = words.nextNode());) {
    for (const word of text.data.matchAll(/\p{L}{3,}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top))).size > 1) found.push(`"${word[0]}" is broken`);
    }
  }
  return found;
}

// "/office/cases/ab12?x=1" and "/office/cases/cd34" are one screen, and so are countries, sites and requirements.
const screenOf = (link) => link.split('?')[0].split('/').map((part, at) => (at > 2 && (/^(?=.*\d)[\w-]{8,}$|^\d|^[A-Z]{2,3}(-[A-Z0-9]+)?$|:|%3A/.test(part)) ? '*' : part)).join('/');

for (const [at, role] of Object.keys(staff).entries()) {
  const language = at % 2 ? 'pl' : 'de';
  test(`the screens of ${role} on a telephone, ${language}`, async ({ desk }) => {
    test.setTimeout(400_000);
    const page = await desk(role, { size: 'phone', language });
    const seen = new Set(), open = ['/office/'];
    const wrong = [];
    while (open.length > 0 && seen.size < 40) {
      const link = open.shift();
      if (seen.has(screenOf(link))) continue;
      seen.add(screenOf(link));
      // As a link does it, and as "back" does: the program stays, the screen changes. A moment for what it then asks for.
      if (link !== '/office/') {
        await page.evaluate((to) => new Promise((there) => {
          history.pushState(null, '', to);
          dispatchEvent(new PopStateEvent('popstate'));
          requestAnimationFrame(() => setTimeout(there, 60));
        }), link);
        await page.locator('main h1').first().waitFor();
      }
      await settled(page);
      for (const fault of await page.evaluate(faults)) wrong.push(`${screenOf(link)}: ${fault}`);
      for (const next of await page.evaluate(() => [...document.querySelectorAll('a[href^="/office/"]')].map((one) => one.getAttribute('href')))) open.push(next);
    }
    expect(seen.size, 'screens').toBeGreaterThanOrEqual(5);
    expect(wrong).toEqual([]);
  });
}

test('the bar at the foot in every language', async ({ desk }) => {
  for (const language of ['fr', 'en', 'es', 'it', 'pt', 'nl']) {
    for (const role of ['crm', 'country']) {
      const page = await desk(role, { size: 'phone', language });
      await settled(page);
      expect(await page.evaluate(faults), `${role}, ${language}`).toEqual([]);
      await page.close();
    }
  }
});
