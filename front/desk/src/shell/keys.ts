// One key, one act. Screens say what their keys do while they are shown; ? lists them. Single keys can be switched off
// (WCAG 2.1.4): dictation software and unsteady hands press them unmeant.
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { keep, kept } from './kept.ts';
import type { Key } from './words.ts';

export interface Act { key: string; says: Key; does: (event: KeyboardEvent) => void; shown?: string }
export const heard = signal<readonly (readonly Act[])[]>([]);
export const keysOn = signal(kept('keys') !== 'off');
export const setKeys = (on: boolean) => { keysOn.value = on; keep('keys', on ? null : 'off'); };
export const helpOpen = signal(false);

/** The acts of the innermost component win. */
export function useKeys(acts: Act[]): void {
  const newest = useRef(acts);
  newest.current = acts;
  const names = acts.map((act) => act.key).join(' ');
  useLayoutEffect(() => {  // before it is painted: who sees a key may press it
    const mine = newest.current.map((act) => ({ ...act, does: (event: KeyboardEvent) => newest.current.find((one) => one.key === act.key)?.does(event) }));
    heard.value = [...heard.value, mine];
    return () => { heard.value = heard.value.filter((one) => one !== mine); };
  }, [names]);
}

const typing = (target: EventTarget | null) => target instanceof HTMLElement
  && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])'));

let led = '';  // the "g" of "g m"
let ledUntil = 0;

export function listen(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!keysOn.value && event.key !== 'Escape') return;
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    const pressed = event.key.length === 1 ? event.key.toLowerCase() === event.key ? event.key : event.key : event.key;
    const name = led && Date.now() < ledUntil ? `${led} ${pressed}` : pressed;
    led = '';
    if (name === 'g') { led = 'g'; ledUntil = Date.now() + 1500; return; }
    if (name === '?') { helpOpen.value = true; event.preventDefault(); return; }
    for (const acts of [...heard.value].reverse()) {
      const found = acts.find((act) => act.key === name);
      if (!found) continue;
      event.preventDefault();
      found.does(event);
      return;
    }
  });
}
