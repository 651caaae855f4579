// Where this browser stands on the way in, and the steps. After each the server is asked again: it alone knows.
import { signal } from '@preact/signals';
import { csrf, get, post, type Answer } from '../../shell/client.ts';
import { enter } from '../../shell/session.ts';
import * as passkey from './passkey.ts';

export type Way = Answer<'/api/v1/sign-in'>;
export const way = signal<Way | undefined>(undefined);

export async function look(): Promise<void> {
  const now = await get('/api/v1/sign-in');
  csrf.value = now.csrf;
  if (now.state === 'open') await enter();
  way.value = now;
}

export const byPassword = async (email: string, password: string) => { await post('/api/v1/session', { email, password }); await look(); };
export const byCode = async (code: string) => { await post('/api/v1/session/totp', { code }); await look(); };
export const byRecoveryCode = async (code: string) => { await post('/api/v1/session/recovery', { code }); await look(); };
/** As second factor where the password was given, else instead of it. */
export async function byPasskey(): Promise<void> {
  const options = await post('/api/v1/session/webauthn/options');
  await post('/api/v1/session/webauthn', { credential: await passkey.get(options as passkey.Request) });
  await look();
}
