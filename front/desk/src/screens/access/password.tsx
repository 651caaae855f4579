// A new password, from a link in a mail. The link is looked at first: whose it is, whether it still opens.
import { useState } from 'preact/hooks';
import { FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Page, Shown } from '../../parts/page.tsx';
import { post } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { go } from '../../shell/router.ts';
import { enter } from '../../shell/session.ts';
import { t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';

/** Length is what counts; what somebody knows about oneself is refused by the server. */
export function NewPassword({ least, error }: { least: number; error?: string }) {
  const [shown, show] = useState(false);
  return (
    <>
      <Input label={t('access.new_password')} name="password" type={shown ? 'text' : 'password'} required minLength={least} autoComplete="new-password" spellcheck={false} help={t('access.password_help', { n: least })} error={error} />
      <p class="small"><button type="button" class="link" aria-pressed={shown} onClick={() => show(!shown)}>{t('access.show')}</button></p>
    </>
  );
}

export default function Password({ rest }: ScreenProps) {
  const token = rest[0] ?? '';
  const link = useLoad(() => post('/api/v1/password-links/look', { token }), [token]);
  const form = useForm(async (element) => {
    await post('/api/v1/passwords', { token, password: new FormData(element).get('password') as string });
    await enter();
    go('/office/sign-in', true);
  });
  return (
    <Page title={t('access.set_password')} narrow>
      <Shown of={link}>
        {({ email, name, password_length }) => (
          <form onSubmit={form.onSubmit} noValidate>
            <p>{name}, {email}</p>
            <p class="soft">{t('access.set_password_what')}</p>
            <input class="hidden" type="email" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
            <NewPassword least={password_length} error={form.state.errors.password} />
            <FormProblem state={form.state} />
            <p class="acts"><Send state={form.state}>{t('access.keep_password')}</Send></p>
          </form>
        )}
      </Shown>
      <p class="acts"><a href="/office/sign-in">{t('access.back_to_sign_in')}</a></p>
    </Page>
  );
}
