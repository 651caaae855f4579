// Acts that may wait for the net: kept on the device with their idempotency key, sent in order as soon as the server answers. Sent
// twice they count once. What the server refuses for good stays, with its reason, until somebody looks at it.
import { computed, effect, signal } from '@preact/signals';
import { Problem, newKey, online, request } from './client.ts';
import { keep, kept } from './kept.ts';

export interface Waiting { key: string; verb: 'post' | 'put' | 'patch'; url: string; body: unknown; what: string; since: number; who: string; refused?: string }

const read = (): Waiting[] => { try { return JSON.parse(kept('waiting') ?? '[]') as Waiting[]; } catch { return []; } };
const all = signal<Waiting[]>(read());
let person = '';
/** Only one's own: a device may be shared. */
export const waiting = computed(() => all.value.filter((one) => one.who === person));
const put = (next: Waiting[]) => { all.value = next; keep('waiting', next.length === 0 ? null : JSON.stringify(next)); };
let sending = false;

const sent = new Set<(one: Waiting, answer: unknown) => void>();
export const onSent = (listener: (one: Waiting, answer: unknown) => void) => { sent.add(listener); return () => { sent.delete(listener); }; };

/** Sends now where it can. Answers what the server said, or undefined while it waits; throws what the server refuses. */
export async function sendOrKeep<T>(verb: Waiting['verb'], url: string, body: unknown, what: string, key = newKey()): Promise<T | undefined> {
  try {
    return (await request<T>(verb, url, body, { key })).body;
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 0 && error.status !== 503)) throw error;
    put([...all.value, { key, verb, url, body, what, since: Date.now(), who: person }]);
    return undefined;
  }
}

export const drop = (key: string) => put(all.value.filter((one) => one.key !== key));

export async function sendWaiting(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (const one of waiting.value.filter((each) => each.refused === undefined)) {
      try {
        const { body } = await request<unknown>(one.verb, one.url, one.body, { key: one.key });
        drop(one.key);
        for (const listener of sent) listener(one, body);
      } catch (error) {
        if (!(error instanceof Problem) || error.status === 0 || error.status === 503 || error.status === 401 || error.status === 429) return;
        put(all.value.map((each) => (each.key === one.key ? { ...each, refused: error.sentence } : each)));
      }
    }
  } finally { sending = false; }
}

export function watch(who: string): void {
  person = who;
  all.value = read();
  void sendWaiting();
}

addEventListener('online', () => { online.value = true; void sendWaiting(); });
addEventListener('offline', () => { online.value = false; });
effect(() => { if (online.value) void sendWaiting(); });
setInterval(() => { if (waiting.value.length > 0) void sendWaiting(); }, 15000);
