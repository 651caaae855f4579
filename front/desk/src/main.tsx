import { render } from 'preact';
import { listen } from './shell/keys.ts';
import { follow } from './shell/router.ts';
import { enter } from './shell/session.ts';
import { show } from './shell/theme.ts';
import { preferred, speak } from './shell/words.ts';
import { Office } from './shell/office.tsx';

show();
follow();
listen();
// Both at once; nothing is drawn before there are words to say it with.
const asked = enter();
await speak(preferred());
await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 400))]);
const root = document.getElementById('office')!;
root.textContent = '';
render(<Office />, root);

if ('serviceWorker' in navigator && isSecureContext) {
  // A phone in a workshop's cellar: what was opened once opens again without the net. Refused in private windows: then not.
  navigator.serviceWorker.register('/office/sw.js', { scope: '/office/' }).catch(() => {});
}
