// Decisions that can still be taken back. Each is sent after some seconds, at once when the page is left or the next but one is decided;
// until then nothing is promised to anybody.
import { signal } from '@preact/signals';
import { Problem, csrf, newKey, request, sentenceOf } from '../../shell/client.ts';
import { toast } from '../../shell/toast.tsx';
import { t } from '../../shell/words.ts';
import { readSummary } from './summary.ts';

export interface Verdict { decision: string; reason?: string; explanation?: string; law?: string; reads?: boolean; abuse?: boolean; unfounded?: boolean; version?: number }
export interface Pending { ref: string; url: string; verdict: Verdict; key: string; says: string; decidedAt: number; timer: ReturnType<typeof setTimeout>; sending?: boolean }

export const seconds = 6;
export const pending = signal<readonly Pending[]>([]);
// What was sent may stand in a list that was read before: it is not shown again until the news of it have surely come.
const news = 30;  // seconds
export const settled = signal<ReadonlySet<string>>(new Set());
function settle(ref: string): void {
  settled.value = new Set([...settled.value, ref]);
  setTimeout(() => { settled.value = new Set([...settled.value].filter((one) => one !== ref)); }, news * 1000);
}
/** Milliseconds from key to next words, and from sending to answer: for those who measure. */
export const measured: { sent: number[] } = { sent: [] };

const without = (one: Pending) => { pending.value = pending.value.filter((each) => each !== one); };
const undone = new Set<(one: Pending) => void>();
export const onUndo = (listener: (one: Pending) => void) => { undone.add(listener); return () => { undone.delete(listener); }; };

async function send(one: Pending): Promise<void> {
  clearTimeout(one.timer);
  if (one.sending) return;  // a quick moderator decides the next before the answer is there
  one.sending = true;
  const began = performance.now();
  try {
    await request('post', one.url, one.verdict, { key: one.key });
    measured.sent.push(performance.now() - began);
    settle(one.ref);
  } catch (error) {
    // Somebody was quicker: that is no fault of the moderator's. Everything else he must see, and the words come back.
    const quicker = error instanceof Problem && (error.status === 409 || error.status === 410);
    toast(`${one.says} ${sentenceOf(error)}`, { alarm: !quicker });
    if (quicker) settle(one.ref);
    else for (const listener of undone) listener(one);
  }
  without(one);
  void readSummary();
}

export function decide(ref: string, url: string, verdict: Verdict, says: string): Pending {
  // At most one can be taken back: the one before is final with the next.
  for (const before of pending.value) void send(before);
  const one: Pending = { ref, url, verdict, key: newKey(), says, decidedAt: Date.now(), timer: 0 as never };
  const close = toast(t('moderation.undo_hint', { what: says, n: seconds }), {
    seconds,
    undo: () => {
      if (!pending.value.includes(one) || one.sending) return;
      clearTimeout(one.timer);
      without(one);
      for (const listener of undone) listener(one);
    },
  });
  one.timer = setTimeout(() => { close(); void send(one); }, seconds * 1000);
  pending.value = [...pending.value, one];
  return one;
}

// The page goes away: what was decided is sent with it.
addEventListener('pagehide', () => {
  for (const one of pending.value) {
    void fetch(one.url, {
      method: 'POST', keepalive: true, credentials: 'same-origin', body: JSON.stringify(one.verdict),
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf.value, 'Idempotency-Key': one.key },
    });
    clearTimeout(one.timer);
  }
  pending.value = [];
});
