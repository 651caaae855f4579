// Cases as they were last seen, for a phone that loses its net in the workshop: what was open stays open, the next ones to call are
// fetched beforehand. In memory only; nothing of a customer is written to the device but what was typed and waits to be sent.
import { type Answer, Problem, get } from '../../shell/client.ts';

export type Case = Answer<'/api/v1/cases/{case}'>;
export type CaseLine = Answer<'/api/v1/cases'>['cases'][number];

const known = new Map<string, Case>();

export const know = (one: Case): Case => {
  known.delete(one.id);
  known.set(one.id, one);
  if (known.size > 60) known.delete(known.keys().next().value!);
  return one;
};

export async function open(id: string, signal?: AbortSignal): Promise<Case> {
  try {
    return know(await get('/api/v1/cases/{case}', { path: { case: id }, signal }));
  } catch (error) {
    const before = known.get(id);
    if (before && error instanceof Problem && error.status === 0) return before;
    throw error;
  }
}

/** The first ones of the list, one after the other, unless they are known. */
export async function fetchAhead(lines: CaseLine[], most = 6): Promise<void> {
  for (const line of lines.slice(0, most)) {
    if (known.has(line.id)) continue;
    try { know(await get('/api/v1/cases/{case}', { path: { case: line.id } })); } catch { return; }
  }
}
