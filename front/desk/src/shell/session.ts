// Who sits here, as what, and what that lets one see.
import { computed, signal } from '@preact/signals';
import { Problem, csrf, forget, request, whenSignedOut } from './client.ts';
import * as later from './later.ts';
import * as live from './live.ts';
import { preferred, speak } from './words.ts';

export interface Role { role: string; scope: string; branch: string; place: string; current: boolean }
export interface Me {
  state: 'open' | 'factor' | 'enrol'; email: string; name: string; locale: string; languages: string; role: string; scope: string; branch: string; place: string;
  roles: Role[]; permissions: string[]; csrf: string;
}

export const me = signal<Me | null | undefined>(undefined);  // undefined: not asked yet; null: nobody
/** Somebody whose password was right and whose second factor is asked for, or is to be added. */
export const unfinished = signal<Me | null>(null);
export const may = (permission: string) => me.value?.permissions.includes(permission) ?? false;
export const mayAny = (permissions: readonly string[] | undefined) => permissions === undefined || permissions.length === 0 || permissions.some(may);
export const branch = computed(() => me.value?.branch ?? '');

whenSignedOut(() => { if (me.value) leave(); });

function leave(): void {
  live.stop();
  forget();
  csrf.value = '';
  me.value = null;
  unfinished.value = null;
}

/** Asks who sits here: at the start, after signing in, after another role was taken. Without the net nothing changes. */
export async function enter(): Promise<void> {
  try {
    take((await request<Me>('get', '/api/v1/session')).body);
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 401) leave();
    else if (me.value === undefined) me.value = null;
  }
}

function take(body: Me): void {
  forget();
  csrf.value = body.csrf;
  unfinished.value = body.state === 'open' ? null : body;
  me.value = body.state === 'open' ? body : null;
  void speak(preferred(body.locale));
  live.stop();
  if (!me.value) return;
  later.watch(me.value.email);
  live.start();
}

export async function actAs(role: Role): Promise<void> {
  await request('post', '/api/v1/session/role', { role: role.role, scope: role.scope });
  await enter();
}

export async function signOut(): Promise<void> {
  try {
    const { body } = await request<{ location: string | null }>('post', '/api/v1/session/end', {});
    if (body.location) location.assign(body.location);  // the brand's directory signs out too
  } finally { leave(); }
}

