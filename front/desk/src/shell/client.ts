// The one way to the server: /api/v1 as its OpenAPI file describes it. A typed wrapper around fetch: path and query parameters,
// the session's CSRF token, ETags, idempotency keys, retries; an error is a Problem (RFC 9457) that can say itself.
import { signal } from '@preact/signals';
import type { paths } from 'desk:made/openapi';
import { t, coded } from './words.ts';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Path<V extends Verb> = { [P in keyof paths]: paths[P] extends Record<V, { responses: unknown }> ? P : never }[keyof paths] & string;
type Operation<P extends keyof paths, V extends Verb> = paths[P] extends Record<V, infer O> ? O : never;
type Body<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
export type Answer<P extends keyof paths, V extends Verb = 'get'> = Operation<P, V> extends { responses: infer R }
  ? R extends { 200: infer T } ? Body<T> : R extends { 201: infer T } ? Body<T> : R extends { 202: infer T } ? Body<T> : undefined : never;
export type Sent<P extends keyof paths, V extends Verb> = Operation<P, V> extends { requestBody?: infer B } ? Exclude<B, undefined> extends { content: { 'application/json': infer T } } ? T : never : never;
type Where<O> = O extends { parameters: { path: infer T } } ? T : never;
type Query<O> = O extends { parameters: { query?: infer T } } ? T : never;

export interface Asked<O> {
  path?: Where<O>;
  query?: Query<O>;
  signal?: AbortSignal;
  key?: string;    // idempotency key, where the same act may be sent twice (from the queue of a phone)
  match?: string;  // ETag the change builds on
}

export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail = '', readonly field = '', readonly more: Record<string, unknown> = {}) { super(`${status} ${code} ${detail}`); }

  /** What happened and what to do, in the reader's language. */
  get sentence(): string {
    const known = coded('problem.', this.code);
    if (known !== this.code) return known;
    const name = this.status === 0 ? 'offline' : [401, 403, 404, 409, 410, 412, 413, 422, 429, 503].includes(this.status) ? `s${this.status}` : this.status >= 500 ? 's500' : 's400';
    const general = coded('problem.', name);
    return this.status === 422 && this.detail ? `${general} (${this.detail})` : general;
  }
}

export const csrf = signal('');
/** false while the server cannot be reached. */
export const online = signal(true);
/** How far the server's clock is ahead of this one, in milliseconds. */
export const ahead = signal(0);
let signedOut: () => void = () => {};
export const whenSignedOut = (act: () => void) => { signedOut = act; };

/** crypto.randomUUID() is missing on plain http: phones in a workshop's own network. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');
}

export function address(path: string, asked: { path?: unknown; query?: unknown } = {}): string {
  const parts = (asked.path ?? {}) as Record<string, string | number>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name] ?? '')));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((asked.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.append(name, String(value));
  }
  const text = query.toString();
  return text ? `${filled}?${text}` : filled;
}

const seen = new Map<string, { tag: string; body: unknown }>();  // answers by address, for If-None-Match
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export interface Told<T> { body: T; tag: string }

async function problemOf(answer: Response): Promise<Problem> {
  let said: Record<string, unknown> = {};
  try { said = (await answer.json()) as Record<string, unknown>; } catch { /* not ours: a proxy's page */ }
  const text = (name: string) => (typeof said[name] === 'string' ? (said[name] as string) : '');
  return new Problem(answer.status, text('code') || text('type').replace(/^.*[:/]/, '') || 'unknown', text('detail') || text('title'), text('field'), said);
}

export async function request<T>(verb: Verb, url: string, given?: unknown, asked: Asked<unknown> = {}): Promise<Told<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  const init: RequestInit = { method: verb.toUpperCase(), headers, credentials: 'same-origin', cache: 'no-store', signal: asked.signal ?? null };
  if (verb === 'get') {
    const before = seen.get(url);
    if (before) headers['If-None-Match'] = before.tag;
  } else {
    headers['X-CSRF-Token'] = csrf.value;
    headers['Idempotency-Key'] = asked.key ?? newKey();
    if (asked.match) headers['If-Match'] = asked.match;
    if (given instanceof FormData) init.body = given;
    else if (given !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(given);
    }
  }
  for (let attempt = 0; ; attempt++) {
    let answer: Response;
    try {
      answer = await fetch(url, init);
    } catch (error) {
      if (asked.signal?.aborted) throw error;
      // The key makes a second sending harmless.
      if (attempt < 2 && navigator.onLine) { await pause(300 * 3 ** attempt); continue; }
      online.value = false;
      throw new Problem(0, 'offline');
    }
    online.value = true;
    const sent = Date.parse(answer.headers.get('Date') ?? '');
    if (!Number.isNaN(sent)) ahead.value = Math.abs(sent - Date.now()) < 5000 ? 0 : sent - Date.now();
    if (answer.status === 304) return { body: seen.get(url)!.body as T, tag: seen.get(url)!.tag };
    if (answer.status === 503 && verb === 'get' && attempt < 2) { await pause(500 * 3 ** attempt); continue; }
    if (!answer.ok) {
      const problem = await problemOf(answer);
      if (answer.status === 401 && !url.endsWith('/session')) signedOut();
      throw problem;
    }
    const text = answer.status === 204 ? '' : await answer.text();
    const body = (text && /json/.test(answer.headers.get('Content-Type') ?? '') ? JSON.parse(text) : undefined) as T;
    const tag = answer.headers.get('ETag') ?? '';
    if (verb === 'get' && tag) {
      seen.delete(url);
      seen.set(url, { tag, body });
      if (seen.size > 200) seen.delete(seen.keys().next().value!);
    }
    return { body, tag };
  }
}

export const forget = () => seen.clear();  // another person, another role: nothing of the one before

export async function get<P extends Path<'get'>>(path: P, asked: Asked<Operation<P, 'get'>> = {}): Promise<Answer<P>> {
  return (await request<Answer<P>>('get', address(path, asked), undefined, asked)).body;
}
/** With the ETag, for a change that must build on what was seen: patch(..., {match}). */
export const getTagged = <P extends Path<'get'>>(path: P, asked: Asked<Operation<P, 'get'>> = {}) => request<Answer<P>>('get', address(path, asked), undefined, asked);
export async function post<P extends Path<'post'>>(path: P, body?: Sent<P, 'post'> | FormData, asked: Asked<Operation<P, 'post'>> = {}): Promise<Answer<P, 'post'>> {
  return (await request<Answer<P, 'post'>>('post', address(path, asked), body ?? {}, asked)).body;
}
export async function put<P extends Path<'put'>>(path: P, body: Sent<P, 'put'>, asked: Asked<Operation<P, 'put'>> = {}): Promise<Answer<P, 'put'>> {
  return (await request<Answer<P, 'put'>>('put', address(path, asked), body, asked)).body;
}
export async function patch<P extends Path<'patch'>>(path: P, body: Sent<P, 'patch'>, asked: Asked<Operation<P, 'patch'>> = {}): Promise<Answer<P, 'patch'>> {
  return (await request<Answer<P, 'patch'>>('patch', address(path, asked), body, asked)).body;
}
export async function del<P extends Path<'delete'>>(path: P, asked: Asked<Operation<P, 'delete'>> = {}): Promise<Answer<P, 'delete'>> {
  return (await request<Answer<P, 'delete'>>('delete', address(path, asked), undefined, asked)).body;
}

export const sentenceOf = (error: unknown) => (error instanceof Problem ? error.sentence : t('problem.s500'));
