// A sentence at the foot of the page, with a way back where there is one. It waits long enough to be read, and as long as it is
// looked at.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { t } from './words.ts';

interface Toast { id: number; text: string; undo?: () => void; alarm?: boolean; seconds: number }
const shown = signal<Toast[]>([]);
let last = 0;
const take = (id: number) => { shown.value = shown.value.filter((one) => one.id !== id); };

export function toast(text: string, how: { undo?: () => void; alarm?: boolean; seconds?: number } = {}): () => void {
  const id = ++last;
  shown.value = [...shown.value.slice(-2), { id, text, seconds: how.seconds ?? (how.alarm || how.undo ? 10 : 5), undo: how.undo, alarm: how.alarm }];
  return () => take(id);
}

export function undoNewest(): boolean {
  const newest = [...shown.value].reverse().find((one) => one.undo);
  if (!newest) return false;
  take(newest.id);
  newest.undo!();
  return true;
}

function One({ one }: { one: Toast }) {
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => take(one.id), one.seconds * 1000);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    <div class={`toast${one.alarm ? ' alarm' : ''}`} onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} onFocusIn={() => hold(true)} onFocusOut={() => hold(false)}>
      <span>{one.text}</span>
      {one.undo && <button type="button" class="link" onClick={() => { take(one.id); one.undo!(); }}>{t('shell.undo')} <kbd>u</kbd></button>}
      <button type="button" class="link" aria-label={t('shell.close')} onClick={() => take(one.id)}>×</button>
    </div>
  );
}

export const Toasts = () => <div class="toasts" role="status" aria-live="polite">{shown.value.map((one) => <One key={one.id} one={one} />)}</div>;
