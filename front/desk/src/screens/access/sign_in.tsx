// The way in: password, then a second factor; or a passkey alone; or the brand's own directory. A first factor is made here too.
import { useEffect, useState } from 'preact/hooks';
import { FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Page, Waiting } from '../../parts/page.tsx';
import { Problem, post, sentenceOf } from '../../shell/client.ts';
import { go, query } from '../../shell/router.ts';
import { signOut } from '../../shell/session.ts';
import { coded, t } from '../../shell/words.ts';
import { CodeField, NewApp, NewPasskey, RecoveryCodes, digits } from './enrol.tsx';
import * as passkey from './passkey.ts';
import { byCode, byPasskey, byPassword, byRecoveryCode, look, way, type Way } from './ways.ts';

/** Where one wanted to go before being asked who one is. */
const wanted = () => (location.pathname.startsWith('/office/sign-in') ? query.value.get('return') ?? '/office/' : location.pathname + location.search);

function Passkey({ children, quiet }: { children: string; quiet?: boolean }) {
  const [problem, setProblem] = useState<unknown>(undefined);
  const act = async () => {
    setProblem(undefined);
    try { await byPasskey(); } catch (error) { setProblem(error); }
  };
  return (
    <>
      <button type="button" class={quiet ? 'quiet wide' : 'wide'} onClick={() => { void act(); }}>{children}</button>
      {problem !== undefined && <p class="error" role="alert">{sentenceOf(problem)}</p>}
    </>
  );
}

function Password({ of, forgot }: { of: Way; forgot: (email: string) => void }) {
  const form = useForm(async (element) => {
    const data = new FormData(element);
    await byPassword((data.get('email') as string).trim(), data.get('password') as string);
  });
  // The directory sends its refusals back in the address.
  const refused = query.value.get('problem');
  return (
    <Page title={t('shell.sign_in')} narrow>
      {refused && <p class="error" role="alert">{coded('problem.', refused) === refused ? t('problem.directory_answer') : coded('problem.', refused)}</p>}
      {of.directory && (
        <>
          <p class="acts"><a class="button wide" href={`/office/oidc/start?return=${encodeURIComponent(wanted())}`}>{t('access.directory', { name: of.directory.name })}</a></p>
          <p class="or"><span>{t('access.or')}</span></p>
        </>
      )}
      <form onSubmit={form.onSubmit} noValidate>
        <Input label={t('access.email')} name="email" type="email" required autoFocus={!of.directory} autoComplete="username webauthn" spellcheck={false} error={form.state.errors.email} />
        <Input label={t('access.password')} name="password" type="password" required autoComplete="current-password" error={form.state.errors.password} />
        <FormProblem state={form.state} />
        <p class="acts"><Send state={form.state}>{t('shell.sign_in')}</Send>
          <button type="button" class="link" onClick={(event) => forgot((event.currentTarget.form?.elements.namedItem('email') as HTMLInputElement | null)?.value ?? '')}>{t('access.forgot')}</button></p>
      </form>
      {of.passkeys && passkey.able() && (
        <>
          <p class="or"><span>{t('access.or')}</span></p>
          <Passkey quiet>{t('access.by_passkey')}</Passkey>
        </>
      )}
    </Page>
  );
}

function Forgot({ email, back }: { email: string; back: () => void }) {
  const [sent, setSent] = useState('');
  const form = useForm(async (element) => {
    const address = (new FormData(element).get('email') as string).trim();
    await post('/api/v1/password-links', { email: address });
    setSent(address);
  });
  return (
    <Page title={t('access.forgot')} narrow>
      {sent ? <p role="status">{t('access.forgot_sent', { email: sent })}</p> : (
        <form onSubmit={form.onSubmit} noValidate>
          <p class="soft">{t('access.forgot_what')}</p>
          <Input label={t('access.email')} name="email" type="email" required autoFocus defaultValue={email} autoComplete="username" spellcheck={false} error={form.state.errors.email} />
          <FormProblem state={form.state} />
          <p class="acts"><Send state={form.state}>{t('access.forgot_send')}</Send></p>
        </form>
      )}
      <p class="acts"><button type="button" class="link" onClick={back}>{t('access.back_to_sign_in')}</button></p>
    </Page>
  );
}

const other = async () => { await signOut(); await look(); };
const Other = () => <p class="acts"><button type="button" class="link" onClick={() => { void other(); }}>{t('access.somebody_else')}</button></p>;

function Factor({ methods }: { methods: Way['methods'] }) {
  const usable = methods.filter((one) => one !== 'webauthn' || passkey.able());
  const [by, pick] = useState(usable[0] ?? 'recovery');
  const form = useForm(async (element) => {
    const code = new FormData(element).get('code') as string;
    try {
      await (by === 'totp' ? byCode(digits(code)) : byRecoveryCode(code.trim()));
    } catch (error) {
      element.reset();
      if (error instanceof Problem && error.status === 401) await look();  // the time between password and code is over
      throw error;
    }
  });
  return (
    <Page title={t('access.second')} narrow>
      {by === 'webauthn' ? (
        <>
          <p class="soft">{t('access.second_passkey')}</p>
          <p class="acts" />
          <Passkey>{t('access.use_passkey')}</Passkey>
        </>
      ) : (
        <form key={by} onSubmit={form.onSubmit} noValidate>
          <p class="soft">{t(by === 'totp' ? 'access.second_totp' : 'access.second_recovery')}</p>
          {by === 'totp' ? <CodeField error={form.state.errors.code} />
            : <Input label={t('access.recovery_code')} name="code" required autoFocus autoComplete="off" spellcheck={false} class="code-field" error={form.state.errors.code} />}
          <FormProblem state={form.state} />
          <p class="acts"><Send state={form.state}>{t('shell.sign_in')}</Send></p>
        </form>
      )}
      <ul class="other-ways">{usable.filter((one) => one !== by).map((one) => <li key={one}><button type="button" class="link" onClick={() => pick(one)}>{coded('access.instead_', one)}</button></li>)}</ul>
      <Other />
    </Page>
  );
}

function Enrol({ possible }: { possible: boolean }) {
  const keys = possible && passkey.able();
  const [kind, pick] = useState<'app' | 'passkey' | undefined>(keys ? undefined : 'app');
  const [codes, show] = useState<string[] | undefined>(undefined);
  const done = (made: string[]) => { if (made.length > 0) show(made); else void look(); };
  if (codes) return <Page title={t('access.codes')} narrow><RecoveryCodes codes={codes} done={() => { void look(); }} /></Page>;
  return (
    <Page title={t('access.enrol')} narrow>
      {kind === undefined && (
        <>
          <p>{t('access.enrol_what')}</p>
          <ul class="kinds">
            <li><button type="button" class="wide" onClick={() => pick('passkey')}>{t('access.passkey')}</button><p class="soft">{t('access.passkey_what')}</p></li>
            <li><button type="button" class="quiet wide" onClick={() => pick('app')}>{t('access.app')}</button><p class="soft">{t('access.app_what')}</p></li>
          </ul>
        </>
      )}
      {kind === 'app' && <>{!keys && <p>{t('access.enrol_what')}</p>}<NewApp done={done} /></>}
      {kind === 'passkey' && <NewPasskey done={done} />}
      {kind !== undefined && keys && <p class="acts"><button type="button" class="link" onClick={() => pick(undefined)}>{t('access.other_kind')}</button></p>}
      <Other />
    </Page>
  );
}

export default function SignIn() {
  const [forgot, setForgot] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<unknown>(undefined);
  useEffect(() => { look().catch(setProblem); return () => { way.value = undefined; }; }, []);
  const now = way.value;
  useEffect(() => { if (now?.state === 'open' && location.pathname.startsWith('/office/sign-in')) go(wanted().startsWith('/office/') ? wanted() : '/office/', true); }, [now?.state]);
  if (!now || now.state === 'open') return <Page title={t('shell.sign_in')} narrow>{problem !== undefined ? <p class="error" role="alert">{sentenceOf(problem)} <button type="button" class="link" onClick={() => location.reload()}>{t('shell.again')}</button></p> : <Waiting />}</Page>;
  if (now.state === 'factor') return <Factor methods={now.methods} />;
  if (now.state === 'enrol') return <Enrol possible={now.passkeys} />;
  if (forgot !== undefined) return <Forgot email={forgot} back={() => setForgot(undefined)} />;
  return <Password of={now} forgot={setForgot} />;
}
