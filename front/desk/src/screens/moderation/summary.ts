// How much waits: beside the screen's name in the rail, and above the queue.
import { signal } from '@preact/signals';
import { get, type Answer } from '../../shell/client.ts';

export const summary = signal<Answer<'/api/v1/moderation/summary'> | undefined>(undefined);

export async function readSummary(): Promise<void> {
  try {
    summary.value = await get('/api/v1/moderation/summary', { query: { offset: -new Date().getTimezoneOffset() } });
  } catch { /* the figure stays what it was */ }
}
