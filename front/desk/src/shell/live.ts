// What happens elsewhere, without reloading: server-sent events of /api/v1/events/stream; where they do not come through, the same
// events polled. A screen says which kinds it cares about and loads anew; events carry no words.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem, get, type Answer } from './client.ts';

export type Happened = Answer<'/api/v1/events'>['events'][number];
type Listener = (event: Happened) => void;
const listeners = new Set<{ kinds: RegExp; listener: Listener }>();
export const alive = signal<'off' | 'stream' | 'poll'>('off');

let source: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let last = '';  // the place up to which everything was told
let failures = 0;

function tell(event: Happened): void {
  if (event.id) last = event.id;
  for (const { kinds, listener } of listeners) if (kinds.test(event.kind)) listener(event);
}

/** Something may have been missed: whoever looks on loads anew. */
const missed = () => { for (const { listener } of listeners) listener({ id: '', at: '', kind: 'reset', subject: '', ref: '', data: {} }); };

async function poll(): Promise<void> {
  let more = false;
  try {
    const page = await get('/api/v1/events', { query: { after: last || 'latest', limit: 100 } });
    for (const event of page.events) tell(event);
    last = page.next;
    more = page.more;
  } catch (error) {
    if (error instanceof Problem && [401, 403, 404].includes(error.status)) { stop(); return; }
  }
  timer = setTimeout(() => void poll(), more ? 0 : 10000);
}

export function start(): void {
  if (alive.value !== 'off') return;
  alive.value = 'stream';
  source = new EventSource(`/api/v1/events/stream${last ? `?after=${encodeURIComponent(last)}` : ''}`);
  source.onopen = () => { failures = 0; };
  source.onmessage = (message: MessageEvent<string>) => {
    try { tell(JSON.parse(message.data) as Happened); } catch { /* not an event of ours */ }
  };
  source.addEventListener('reset', missed);
  source.onerror = () => {
    // A stream that ends is opened again by the browser; one that was refused is not.
    if (source?.readyState !== EventSource.CLOSED && ++failures < 3) return;
    source?.close();
    source = undefined;
    if (alive.value === 'off') return;
    alive.value = 'poll';
    timer = setTimeout(() => void poll(), 1000);
  };
}

function rest(): void {
  source?.close();
  source = undefined;
  clearTimeout(timer);
  alive.value = 'off';
}

/** For good: another person may sit down here. */
export function stop(): void {
  rest();
  wanted = false;
  last = '';
}

// A browser has few connections to one house, and a page in the background needs none: after a while out of sight it lets go.
let wanted = false;
let hiding: ReturnType<typeof setTimeout> | undefined;
document.addEventListener('visibilitychange', () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(() => { wanted = alive.value !== 'off'; rest(); }, 60000);
  else if (wanted && alive.value === 'off') { wanted = false; start(); missed(); }
});

export function on(kinds: RegExp, listener: Listener): () => void {
  const entry = { kinds, listener };
  listeners.add(entry);
  return () => { listeners.delete(entry); };
}

/** Calls `act` soon after such an event; many at once are one. */
export function useLive(kinds: RegExp, act: (event: Happened) => void): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const off = on(kinds, (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => newest.current(event), 250);
    });
    return () => { clearTimeout(waiting); off(); };
  }, [kinds.source]);
}
