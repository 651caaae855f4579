// Who comes in: people with their role and where it holds, and the keys of programs.
import { useState } from 'preact/hooks';
import { confirm } from '../../parts/dialog.tsx';
import { FormProblem, Input, Select, Send, useForm } from '../../parts/form.tsx';
import { Empty, Shown } from '../../parts/page.tsx';
import { Register, Split } from '../../parts/register.tsx';
import { del, get, patch, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { useLoad, usePages } from '../../shell/load.ts';
import { ask, go, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { ago, coded, date, t } from '../../shell/words.ts';

type User = Answer<'/api/v1/users'>['users'][number];
type Key = Answer<'/api/v1/keys'>['keys'][number];
const roles = ['admin', 'hq', 'product', 'country', 'group', 'site', 'adviser', 'agent', 'moderator', 'crm', 'auditor'] as const;
const roleOptions = (): [string, string][] => roles.map((role) => [role, coded('shell.role_', role)]);
const act = (does: () => Promise<unknown>, said: string, then: () => void) => { does().then(() => { toast(said); then(); }, (error) => toast(sentenceOf(error), { alarm: true })); };

export function People({ picked, query }: { picked?: string; query: URLSearchParams }) {
  const q = query.get('q') ?? '';
  const list = usePages<User>(async (after, signal) => {
    const page = await get('/api/v1/users', { query: { q: q || undefined, after, limit: 50 }, signal });
    return [page.users, page.next];
  }, [q]);
  const found = list.items.find((one) => one.id === picked);
  return (
    <Split
      picked={picked !== undefined}
      list={(
        <>
          {may('users.manage') && <p class="acts"><a class="button quiet" href={to('settings', 'people', 'new')}>{t('settings.new_person')}</a></p>}
          <Input label={t('settings.search_people')} type="search" value={q} onInput={(event) => ask({ q: event.currentTarget.value })} />
          <Register of={list} id={(one) => one.id} href={(one) => to('settings', 'people', one.id) + (q ? `?q=${encodeURIComponent(q)}` : '')} picked={picked} label={t('settings.tab_people')} empty={<Empty title={t('settings.no_people')} />}
            row={(one) => <span class="set-row"><span class="set-name">{one.name}</span><span class="soft set-short">{[coded('shell.role_', one.role), one.branch === '*' ? '' : one.branch].filter(Boolean).join(' · ')}</span>{one.barred && <span class="set-edition alarm">{t('settings.barred')}</span>}</span>} />
        </>
      )}
      detail={picked === 'new' ? <NewPerson done={() => { void list.reload(); }} /> : found ? <Person key={found.id} one={found} reload={() => { void list.reload(); }} /> : <Empty title={t('settings.pick')} />}
    />
  );
}

function NewPerson({ done }: { done: () => void }) {
  const { state, onSubmit } = useForm(async (form) => {
    const given = new FormData(form), text = (name: string) => String(given.get(name) ?? '').trim();
    const made = await post('/api/v1/users', { name: text('name'), email: text('email'), role: text('role') as User['role'], scope: text('scope') || '*' });
    toast(t('settings.invited', { email: made.email }));
    done();
    go(to('settings', 'people', made.id));
  });
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{t('settings.new_person')}</h2>
      <form onSubmit={onSubmit}>
        <Input label={t('settings.name')} name="name" required maxLength={200} error={state.errors['name']} />
        <Input label={t('settings.mail')} name="email" type="email" required error={state.errors['email']} />
        <Select label={t('settings.role')} name="role" options={roleOptions()} error={state.errors['role']} />
        <Input label={t('settings.scope')} help={t('settings.scope_help')} name="scope" spellcheck={false} error={state.errors['scope']} />
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('settings.invite')}</Send></p>
      </form>
    </article>
  );
}

function Person({ one, reload }: { one: User; reload: () => void }) {
  const path = { user: one.id };
  const facts = [coded('shell.role_', one.role), ...(one.branch === '*' ? [] : [one.branch]), one.email, one.last_seen_at ? ago(one.last_seen_at) : t('settings.never_seen')];
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{one.name}</h2>
      <p class="soft">{facts.join(' · ')}</p>
      {one.manageable && may('users.manage') && (
        <p class="acts">
          <button type="button" onClick={() => act(() => post('/api/v1/users/{user}/link', undefined as never, { path }), t('settings.link_sent', { email: one.email }), reload)}>{t('settings.send_link')}</button>
          <button type="button" class="quiet" onClick={() => act(() => patch('/api/v1/users/{user}', { barred: !one.barred }, { path }), t('settings.saved'), reload)}>{one.barred ? t('settings.let_in') : t('settings.bar')}</button>
          <button type="button" class="quiet" onClick={() => { void confirm(t('settings.take_role', { name: one.name }), t('settings.remove'), facts.slice(0, 2).join(' · ')).then((yes) => { if (yes) act(() => del('/api/v1/users/{user}', { path }), t('settings.removed'), () => { reload(); go(to('settings', 'people')); }); }); }}>{t('settings.remove_role')}</button>
        </p>
      )}
    </article>
  );
}

export function Keys({ picked }: { picked?: string }) {
  const all = useLoad(async (signal) => (await get('/api/v1/keys', { signal })).keys.filter((key) => !key.revoked_at), []);
  const [secret, setSecret] = useState('');
  const reload = () => { void all.reload(); };
  return (
    <Shown of={all}>
      {(list) => {
        const one = list.find((key) => key.id === picked);
        return (
          <Split
            picked={picked !== undefined}
            list={(
              <>
                <p class="acts"><a class="button quiet" href={to('settings', 'keys', 'new')}>{t('settings.new_key')}</a></p>
                {list.length === 0 ? <Empty title={t('settings.no_keys')} /> : (
                  <ol class="register" aria-label={t('settings.tab_keys')}>
                    {list.map((key) => (
                      <li key={key.id}><a href={to('settings', 'keys', key.id)} aria-current={key.id === picked ? 'true' : undefined} class="set-row"><span class="set-name">{key.name || key.email}</span><span class="soft set-short">{coded('shell.role_', key.role)} · {key.branch}</span></a></li>
                    ))}
                  </ol>
                )}
              </>
            )}
            detail={picked === 'new' ? <NewKey made={(made) => { setSecret(made.secret); void all.reload().then(() => go(to('settings', 'keys', made.id))); }} /> : one ? <OneKey key={one.id} one={one} secret={secret} reload={() => { setSecret(''); reload(); go(to('settings', 'keys')); }} /> : <Empty title={t('settings.pick')} />}
          />
        );
      }}
    </Shown>
  );
}

function NewKey({ made }: { made: (made: { id: string; secret: string }) => void }) {
  const { state, onSubmit } = useForm(async (form) => {
    const given = new FormData(form), text = (name: string) => String(given.get(name) ?? '').trim();
    made(await post('/api/v1/keys', { name: text('name'), role: text('role') as Key['role'] & User['role'], scope: text('scope') || '*', ...(text('permissions') ? { permissions: text('permissions') } : {}), ...(text('expires') ? { expires_at: text('expires') } : {}) }));
  });
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{t('settings.new_key')}</h2>
      <form onSubmit={onSubmit}>
        <Input label={t('settings.description')} name="name" required maxLength={100} error={state.errors['name']} />
        <Select label={t('settings.role')} name="role" options={roleOptions()} value="auditor" error={state.errors['role']} />
        <Input label={t('settings.scope')} help={t('settings.scope_help')} name="scope" spellcheck={false} error={state.errors['scope']} />
        <Input label={t('settings.permissions')} help={t('settings.permissions_help')} name="permissions" spellcheck={false} error={state.errors['permissions']} />
        <Input label={t('settings.expires')} name="expires" type="date" error={state.errors['expires_at']} />
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('settings.add')}</Send></p>
      </form>
    </article>
  );
}

function OneKey({ one, secret, reload }: { one: Key; secret: string; reload: () => void }) {
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{one.name || one.email}</h2>
      <p class="soft">{[coded('shell.role_', one.role), one.branch, one.permissions, one.email, date(one.created_at, 'day'), one.expires_at && `→ ${date(one.expires_at, 'day')}`, one.last_used_at ? ago(one.last_used_at) : t('settings.never_used')].filter(Boolean).join(' · ')}</p>
      {secret && <div class="set-secret" role="status"><p>{t('settings.key_once')}</p><code>{secret}</code></div>}
      <p class="acts"><button type="button" class="quiet" onClick={() => { void confirm(t('settings.take_key', { name: one.name || one.email }), t('settings.remove')).then((yes) => { if (yes) act(() => del('/api/v1/keys/{key}', { path: { key: one.id } }), t('settings.removed'), reload); }); }}>{t('settings.remove')}</button></p>
    </article>
  );
}
