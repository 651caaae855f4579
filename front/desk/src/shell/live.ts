// What happens elsewhere, without reloading: server-sent events of /api/v1/events/stream; where they do not come through, the same
// events polled. A screen says which kinds it cares about and loads anew; events carry no words.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Problem, request } from './client.ts';

export interface Happened { id: string | number; kind: string; subject?: string; ref?: string; at?: string; data?: Record<string, unknown> }
type Listener = (event: Happened) => void;
const listeners = new Set<{ kinds: RegExp; listener: Listener }>();
export const alive = signal<'off' | 'stream' | 'poll'>('off');

let source: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let last = '';
let failures = 0;

function tell(event: Happened): void {
  last = String(event.id);
  for (const { kinds, listener } of listeners) if (kinds.test(event.kind)) listener(event);
}

async function poll(): Promise<void> {
  try {
    const page = (await request<{ events: Happened[]; next: string | null }>('get', `/api/v1/events?limit=100${last ? `&after=${encodeURIComponent(last)}` : ''}`)).body;
    const first = last === '';
    for (const event of page.events) { if (first) last = String(event.id); else tell(event); }
    if (page.next) last = String(page.next);
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 401 || error.status === 403)) { stop(); return; }
  }
  timer = setTimeout(() => (document.hidden ? (timer = setTimeout(poll, 15000)) : poll()), 10000);
}

export function start(): void {
  if (alive.value !== 'off') return;
  alive.value = 'stream';
  source = new EventSource(`/api/v1/events/stream${last ? `?after=${encodeURIComponent(last)}` : ''}`);
  source.onopen = () => { failures = 0; };
  const take = (event: MessageEvent) => {
    try { tell({ ...(JSON.parse(event.data) as Happened), ...(event.lastEventId ? { id: event.lastEventId } : {}) }); } catch { /* not an event of ours */ }
  };
  source.onmessage = take;
  source.onerror = () => {
    // A stream that ends is opened again by the browser; one that was refused is not.
    if (source?.readyState !== EventSource.CLOSED && ++failures < 3) return;
    source?.close();
    source = undefined;
    if (alive.value === 'off') return;
    alive.value = 'poll';
    timer = setTimeout(poll, 1000);
  };
}

export function stop(): void {
  source?.close();
  source = undefined;
  clearTimeout(timer);
  alive.value = 'off';
  last = '';
}

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
