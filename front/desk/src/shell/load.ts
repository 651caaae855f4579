// What a screen shows and where it stands: one thing (useLoad) or a list paged by key (usePages).
import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from './client.ts';

export interface Loaded<T> {
  data: T | undefined;
  error: Problem | undefined;
  loading: boolean;
  reload: () => Promise<void>;
  set: (data: T) => void;  // what one knows already: an act's answer
}

const asProblem = (error: unknown) => (error instanceof Problem ? error : new Problem(500, 'broken', String(error)));

/** Loads at once and whenever `on` changes; what was shown stays until the new is there. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, on: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ data?: T; error?: Problem; loading: boolean }>({ loading: true });
  const running = useRef<AbortController | undefined>(undefined);
  const reload = async () => {
    running.current?.abort();
    const mine = (running.current = new AbortController());
    setState((was) => ({ ...was, loading: true }));
    try {
      const data = await load(mine.signal);
      if (!mine.signal.aborted) setState({ data, loading: false });
    } catch (error) {
      if (!mine.signal.aborted) setState((was) => ({ data: was.data as T, error: asProblem(error), loading: false }));
    }
  };
  useEffect(() => {
    setState({ loading: true });
    void reload();
    return () => running.current?.abort();
  }, on);
  return { data: state.data, error: state.error, loading: state.loading, reload, set: (data) => setState({ data, loading: false }) };
}

export interface Paged<T> {
  items: T[];
  error: Problem | undefined;
  loading: boolean;
  done: boolean;                 // nothing more to fetch
  more: () => Promise<void>;
  reload: () => Promise<void>;   // as many pages' worth as were shown, from the start
  change: (act: (items: T[]) => T[]) => void;
}

/** `load(after)` answers one page: [items, the next cursor or null]. */
export function usePages<T>(load: (after: string | undefined, signal: AbortSignal) => Promise<[T[], string | null | undefined]>, on: readonly unknown[]): Paged<T> {
  const [state, setState] = useState<{ items: T[]; next: string | null; loading: boolean; error?: Problem }>({ items: [], next: null, loading: true });
  const running = useRef<AbortController | undefined>(undefined);
  const fetchFrom = async (items: T[], after: string | undefined, least: number) => {
    running.current?.abort();
    const mine = (running.current = new AbortController());
    setState((was) => ({ items: was.items, next: was.next, loading: true }));
    try {
      let all = items, next = after;
      do {
        const [page, following] = await load(next, mine.signal);
        all = [...all, ...page];
        next = following ?? undefined;
      } while (next !== undefined && all.length < least && !mine.signal.aborted);
      if (!mine.signal.aborted) setState({ items: all, next: next ?? null, loading: false });
    } catch (error) {
      if (!mine.signal.aborted) setState((was) => ({ ...was, error: asProblem(error), loading: false }));
    }
  };
  useEffect(() => {
    setState({ items: [], next: null, loading: true });
    void fetchFrom([], undefined, 0);
    return () => running.current?.abort();
  }, on);
  return {
    items: state.items, error: state.error, loading: state.loading, done: state.next === null,
    more: async () => { if (state.next !== null && !state.loading) await fetchFrom(state.items, state.next, 0); },
    reload: () => fetchFrom([], undefined, state.items.length),
    change: (act) => setState((was) => ({ ...was, items: act(was.items) })),
  };
}
