// Who sits here, as what, and what that lets one see.
import { computed, signal } from '@preact/signals';
import { csrf, forget, request, whenSignedOut } from './client.ts';
import * as later from './later.ts';
import * as live from './live.ts';
import { preferred, speak } from './words.ts';

export interface Role { role: string; scope: string; place?: string }
export interface Me {
  name: string; email: string; role: string; scope: string; branch: string; place?: string;
  roles: Role[]; permissions: string[]; locale: string; languages?: string;
}

export const me = signal<Me | null | undefined>(undefined);  // undefined: not asked yet; null: nobody
export const may = (permission: string) => me.value?.permissions.includes(permission) ?? false;
export const mayAny = (permissions: readonly string[] | undefined) => permissions === undefined || permissions.length === 0 || permissions.some(may);
export const branch = computed(() => me.value?.branch ?? '');

whenSignedOut(() => { if (me.value) leave(); });

function leave(): void {
  live.stop();
  forget();
  csrf.value = '';
  me.value = null;
}

export async function enter(): Promise<void> {
  try {
    const { body } = await request<Record<string, unknown>>('get', '/api/v1/session');
    if (body.state === 'open') take(body);
    else leave();  // on the way in: the second factor is missing
  } catch {
    leave();
  }
}

function take(body: Record<string, unknown>): void {
  forget();
  csrf.value = typeof body.csrf === 'string' ? body.csrf : '';
  me.value = body as unknown as Me;
  later.watch(me.value.email);
  live.stop();
  live.start();
  void speak(preferred(me.value.locale));
}

export { take };

export async function actAs(role: Role): Promise<void> {
  const { body } = await request<Record<string, unknown>>('post', '/api/v1/session/role', { role: role.role, scope: role.scope });
  if (body && 'permissions' in body) take(body);
  else await enter();
}

export async function signOut(): Promise<void> {
  try {
    const { body } = await request<{ location: string | null }>('post', '/api/v1/session/end', {});
    if (body.location) location.assign(body.location);  // the brand's directory signs out too
  } finally { leave(); }
}

