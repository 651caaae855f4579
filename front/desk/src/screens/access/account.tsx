// One's own account: second factors, sessions, password, language and light.
import { useState } from 'preact/hooks';
import { Dialog, confirm } from '../../parts/dialog.tsx';
import { FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Empty, Page, Shown } from '../../parts/page.tsx';
import { csrf, del, get, patch, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { me, signOut } from '../../shell/session.ts';
import { setTheme, theme, type Theme } from '../../shell/theme.ts';
import { toast } from '../../shell/toast.tsx';
import { ago, coded, date, language, languages, speak, t } from '../../shell/words.ts';
import { Choice, Select } from '../../parts/form.tsx';
import { NewApp, NewPasskey, RecoveryCodes } from './enrol.tsx';
import { NewPassword } from './password.tsx';
import * as passkey from './passkey.ts';

type Factors = Answer<'/api/v1/factors'>;

/** The act, and what went wrong as a sentence at the foot. */
const trying = async (act: () => Promise<unknown>, then: () => unknown) => {
  try { await act(); await then(); } catch (error) { toast(sentenceOf(error), { alarm: true }); }
};

function Rename({ id, name, done }: { id: string; name: string; done: (changed: boolean) => void }) {
  const form = useForm(async (element) => {
    await patch('/api/v1/factors/passkeys/{passkey}', { name: (new FormData(element).get('name') as string).trim() }, { path: { passkey: id } });
    done(true);
  });
  return (
    <Dialog title={t('access.rename')} onClose={() => done(false)}>
      <form onSubmit={form.onSubmit} noValidate>
        <Input label={t('access.passkey_name')} name="name" defaultValue={name} maxLength={60} required autoFocus error={form.state.errors.name} />
        <FormProblem state={form.state} />
        <p class="acts"><Send state={form.state}>{t('access.keep')}</Send></p>
      </form>
    </Dialog>
  );
}

function SecondFactors() {
  const factors = useLoad(() => get('/api/v1/factors'), []);
  const [adding, add] = useState<'app' | 'passkey' | undefined>(undefined);
  const [codes, show] = useState<string[] | undefined>(undefined);
  const [renaming, rename] = useState<Factors['passkeys'][number] | undefined>(undefined);
  const made = (new_codes: string[]) => {
    add(undefined);
    if (new_codes.length > 0) show(new_codes);
    toast(t('access.added'));
    void factors.reload();
  };
  const drop = async (what: string, act: () => Promise<unknown>) => {
    if (await confirm(t('access.drop_sure', { what }), t('access.remove'))) await trying(act, () => { toast(t('access.removed')); return factors.reload(); });
  };
  return (
    <section>
      <h2>{t('access.factors')}</h2>
      <p class="soft">{t('access.factors_what')}</p>
      <Shown of={factors}>
        {(all) => (
          <>
            <ul class="rows">
              {all.passkeys.map((one) => (
                <li key={one.id}>
                  <div><strong>{one.name}</strong> <span class="soft">{t('access.passkey')}</span>
                    <p class={one.suspended ? 'alarm' : 'soft small'}>{one.suspended ? t('access.suspended') : [one.last_used_at ? t('access.used', { when: ago(one.last_used_at) }) : t('access.never_used'), t('access.since', { when: date(one.created_at) }), one.backed_up ? t('access.synced') : ''].filter(Boolean).join(' · ')}</p></div>
                  <div class="row-acts">
                    <button type="button" class="link" aria-label={`${t('access.rename')}: ${one.name}`} onClick={() => rename(one)}>{t('access.rename')}</button>
                    <button type="button" class="link" aria-label={`${t('access.remove')}: ${one.name}`} onClick={() => { void drop(one.name, () => del('/api/v1/factors/passkeys/{passkey}', { path: { passkey: one.id } })); }}>{t('access.remove')}</button>
                  </div>
                </li>
              ))}
              {all.totp && (
                <li>
                  <div><strong>{t('access.app')}</strong><p class="soft small">{t('access.since', { when: date(all.totp.since) })}</p></div>
                  <div class="row-acts"><button type="button" class="link" aria-label={`${t('access.remove')}: ${t('access.app')}`} onClick={() => { void drop(t('access.app'), () => del('/api/v1/factors/totp')); }}>{t('access.remove')}</button></div>
                </li>
              )}
              {(all.totp || all.passkeys.length > 0) && (
                <li>
                  <div><strong>{t('access.codes')}</strong><p class={all.recovery_codes < 3 ? 'alarm' : 'soft small'}>{t('access.codes_left', { n: all.recovery_codes })}</p></div>
                  <div class="row-acts"><button type="button" class="link" onClick={() => { void trying(async () => show((await post('/api/v1/factors/recovery-codes')).recovery_codes), factors.reload); }}>{t('access.codes_new')}</button></div>
                </li>
              )}
              {all.directory && <li><div><strong>{all.directory.name}</strong><p class="soft small">{t(all.directory.linked ? 'access.directory_linked' : 'access.directory_not_linked')}</p></div></li>}
            </ul>
            {!all.totp && all.passkeys.length === 0 && <Empty title={t('access.no_factor')} />}
            <p class="acts">
              {all.passkeys_possible && passkey.able() && <button type="button" class="quiet" onClick={() => add('passkey')}>{t('access.add_passkey')}</button>}
              <button type="button" class="quiet" onClick={() => add('app')}>{t(all.totp ? 'access.change_app' : 'access.add_app')}</button>
            </p>
            {!all.passkeys_possible && <p class="soft small">{t('access.no_passkeys_here')}</p>}
          </>
        )}
      </Shown>
      {adding === 'app' && <Dialog title={t('access.app')} onClose={() => add(undefined)}><NewApp done={made} /></Dialog>}
      {adding === 'passkey' && <Dialog title={t('access.passkey')} onClose={() => add(undefined)}><NewPasskey done={made} /></Dialog>}
      {codes && <Dialog title={t('access.codes')} onClose={() => show(undefined)}><RecoveryCodes codes={codes} done={() => show(undefined)} /></Dialog>}
      {renaming && <Rename id={renaming.id} name={renaming.name} done={(changed) => { rename(undefined); if (changed) void factors.reload(); }} />}
    </section>
  );
}

function Sessions() {
  const list = useLoad(() => get('/api/v1/sessions'), []);
  const end = (id: string) => trying(() => del('/api/v1/sessions/{session}', { path: { session: id } }), () => { toast(t('access.session_ended')); return list.reload(); });
  const endAll = async () => {
    if (await confirm(t('access.sessions_all_sure'), t('access.sessions_all'))) await trying(() => del('/api/v1/sessions'), () => { toast(t('access.session_ended')); return list.reload(); });
  };
  return (
    <section>
      <h2>{t('access.sessions')}</h2>
      <p class="soft">{t('access.sessions_what')}</p>
      <Shown of={list}>
        {({ sessions }) => (
          <>
            <ul class="rows">
              {sessions.map((one) => (
                <li key={one.id}>
                  <div><strong>{one.device || t('access.unknown_device')}</strong>{one.current && <span class="soft"> {t('access.this_one')}</span>}
                    <p class="soft small">{[t('access.used', { when: ago(one.last_used_at) }), t('access.since', { when: date(one.created_at, 'full') })].join(' · ')}</p></div>
                  {!one.current && <div class="row-acts"><button type="button" class="link" aria-label={`${t('access.end')}: ${one.device}`} onClick={() => { void end(one.id); }}>{t('access.end')}</button></div>}
                </li>
              ))}
            </ul>
            {sessions.length > 1 && <p class="acts"><button type="button" class="quiet" onClick={() => { void endAll(); }}>{t('access.sessions_all')}</button></p>}
          </>
        )}
      </Shown>
    </section>
  );
}

function ChangePassword() {
  const form = useForm(async (element) => {
    const data = new FormData(element);
    const { csrf: next } = await post('/api/v1/passwords', { current: data.get('current') as string, password: data.get('password') as string });
    csrf.value = next;
    element.reset();
    toast(t('access.password_changed'));
  });
  return (
    <section>
      <h2>{t('access.password')}</h2>
      <form onSubmit={form.onSubmit} noValidate>
        <input class="hidden" type="email" autoComplete="username" value={me.value?.email} readOnly tabIndex={-1} aria-hidden="true" />
        <Input label={t('access.current_password')} name="current" type="password" required autoComplete="current-password" error={form.state.errors.current} />
        <NewPassword least={12} error={form.state.errors.password} />
        <FormProblem state={form.state} />
        <p class="acts"><Send state={form.state} quiet>{t('access.keep_password')}</Send></p>
      </form>
    </section>
  );
}

export default function Account() {
  const person = me.value;
  if (!person) return null;
  return (
    <Page title={t('access.account')} narrow acts={<button type="button" class="quiet small" onClick={() => { void signOut(); }}>{t('shell.sign_out')}</button>}>
      <dl class="about">
        <div><dt>{t('access.name')}</dt><dd>{person.name}</dd></div>
        <div><dt>{t('access.email')}</dt><dd>{person.email}</dd></div>
        <div><dt>{t('access.roles')}</dt><dd>{person.roles.map((one) => [coded('shell.role_', one.role), one.place || (one.scope === '*' ? '' : one.scope)].filter(Boolean).join(', ')).join(' · ')}</dd></div>
      </dl>
      <SecondFactors />
      <Sessions />
      <ChangePassword />
      <section>
        <h2>{t('access.look')}</h2>
        <Select label={t('shell.language')} value={language()} options={Object.entries(languages)} onChange={(event) => { const locale = event.currentTarget.value; void trying(() => patch('/api/v1/session', { locale }), () => speak(locale, true)); }} />
        <div class="field"><span class="label">{t('shell.theme')}</span>
          <Choice label={t('shell.theme')} value={theme.value} onPick={(one) => setTheme(one as Theme)} options={(['auto', 'light', 'dark'] as const).map((one) => [one, coded('shell.theme_', one)])} /></div>
      </section>
    </Page>
  );
}
