import { signal } from '@preact/signals';
import { keep, kept } from './kept.ts';

export type Theme = 'auto' | 'light' | 'dark';
const read = (): Theme => { const found = kept('theme'); return found === 'light' || found === 'dark' ? found : 'auto'; };
export const theme = signal<Theme>(read());

export function setTheme(next: Theme): void {
  theme.value = next;
  keep('theme', next === 'auto' ? null : next);
  show();
}

/** The attribute, for the stylesheet's color-scheme. */
export function show(): void {
  if (theme.value === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme.value);
}
