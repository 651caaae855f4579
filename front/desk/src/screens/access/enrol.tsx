// A new second factor: an app that shows codes, or a passkey. At the first sign-in and in the account.
import { useState } from 'preact/hooks';
import { Check, FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Shown } from '../../parts/page.tsx';
import { post } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { toast } from '../../shell/toast.tsx';
import { t } from '../../shell/words.ts';
import * as passkey from './passkey.ts';

/** Digits alone, six of them: what an app shows as "492 039". */
export const digits = (typed: string) => typed.replace(/\D/g, '').slice(0, 6);

export function CodeField({ error }: { error?: string }) {
  return (
    <Input label={t('access.code')} name="code" required autoFocus inputMode="numeric" autoComplete="one-time-code" class="code-field" maxLength={9} error={error}
      onInput={(event) => {
        const field = event.currentTarget;
        // The sixth digit sends: nobody has time to lose with a code of thirty seconds.
        if (digits(field.value).length === 6 && field.value.trim().length <= 7) field.form?.requestSubmit();
      }} />
  );
}

export function NewApp({ done }: { done: (codes: string[]) => void }) {
  const begun = useLoad(() => post('/api/v1/factors/totp'), []);
  const form = useForm(async (element) => {
    const { recovery_codes } = await post('/api/v1/factors/totp/confirmation', { code: digits(new FormData(element).get('code') as string) });
    done(recovery_codes);
  });
  return (
    <Shown of={begun} lines={6}>
      {(secret) => (
        <form class="new-app" onSubmit={form.onSubmit} noValidate>
          <ol class="steps">
            <li>{t('access.app_install')}</li>
            <li>{t('access.app_scan')}
              <img class="qr" width="200" height="200" alt={t('access.qr')} src={`data:image/svg+xml,${encodeURIComponent(secret.qr)}`} />
              <p class="soft small"><a href={secret.uri}>{t('access.app_here')}</a></p>
              <p class="soft small">{t('access.app_typed')}</p>
              <p class="secret"><code>{secret.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
            </li>
            <li>{t('access.app_code')}</li>
          </ol>
          <CodeField error={form.state.errors.code} />
          <FormProblem state={form.state} />
          <p class="acts"><Send state={form.state}>{t('access.confirm')}</Send></p>
        </form>
      )}
    </Shown>
  );
}

function deviceName(): string {
  const found = /iPhone|iPad|Android|Mac|Windows|Linux/.exec(navigator.userAgent)?.[0];
  return found ?? t('access.passkey');
}

export function NewPasskey({ done }: { done: (codes: string[]) => void }) {
  const form = useForm(async (element) => {
    const name = (new FormData(element).get('name') as string).trim() || deviceName();
    const options = await post('/api/v1/factors/passkeys/options');
    const credential = await passkey.create(options as passkey.Creation);
    const { recovery_codes } = await post('/api/v1/factors/passkeys', { name, credential });
    done(recovery_codes);
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <p class="soft">{t('access.passkey_what')}</p>
      <Input label={t('access.passkey_name')} name="name" defaultValue={deviceName()} maxLength={60} error={form.state.errors.name} help={t('access.passkey_name_help')} />
      <FormProblem state={form.state} />
      <p class="acts"><Send state={form.state}>{t('access.passkey_make')}</Send></p>
    </form>
  );
}

export function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const [kept, keep] = useState(false);
  const text = codes.join('\n');
  return (
    <div class="recovery">
      <p>{t('access.codes_what')}</p>
      <ol class="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <p class="acts">
        <a class="button quiet" download="verbatim-recovery-codes.txt" href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${location.host}\n\n${text}\n`)}`}>{t('access.codes_save')}</a>
        <button type="button" class="quiet" onClick={() => { navigator.clipboard?.writeText(text).then(() => toast(t('access.copied')), () => {}); }}>{t('access.copy')}</button>
      </p>
      <Check label={t('access.codes_kept')} checked={kept} onChange={(event) => keep(event.currentTarget.checked)} />
      <p class="acts"><button type="button" disabled={!kept} onClick={done}>{t('access.go_on')}</button></p>
    </div>
  );
}
