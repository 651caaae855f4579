// How many customers wait for a call: the figure in the rail, whatever screen is open.
import { effect, signal } from '@preact/signals';
import { type Answer, get } from '../../shell/client.ts';
import { on } from '../../shell/live.ts';
import { may, me } from '../../shell/session.ts';

export const counts = signal<Answer<'/api/v1/cases'>['counts'] | undefined>(undefined);

const ask = () => { get('/api/v1/cases', { query: { limit: 1 } }).then((page) => { counts.value = page.counts; }, () => {}); };
let soon: ReturnType<typeof setTimeout> | undefined;
on(/^case\./, () => {
  if (!me.value || !may('cases.read')) return;
  clearTimeout(soon);
  soon = setTimeout(ask, 500);
});
effect(() => { if (me.value && may('cases.read')) ask(); else counts.value = undefined; });
