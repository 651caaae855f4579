// The server's now, every few seconds while somebody looks: figures of time left move without asking.
import { computed, signal } from '@preact/signals';
import { ahead } from './client.ts';

const tick = signal(Date.now());
export const now = computed(() => tick.value + ahead.value);
setInterval(() => { if (!document.hidden) tick.value = Date.now(); }, 10000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) tick.value = Date.now(); });
