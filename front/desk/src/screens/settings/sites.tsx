// Points of sale: searched, one of them open to small corrections. Files bring the rest.
import { Empty, Shown } from '../../parts/page.tsx';
import { Register, Split } from '../../parts/register.tsx';
import { FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { get, getTagged, patch, type Answer } from '../../shell/client.ts';
import { useLoad, usePages } from '../../shell/load.ts';
import { ask, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { countryName, date, t } from '../../shell/words.ts';

type Site = Answer<'/api/v1/network/sites/{site}'>;

export function Sites({ picked, query }: { picked?: string; query: URLSearchParams }) {
  const q = query.get('q') ?? '';
  const list = usePages<Site>(async (after, signal) => {
    const page = await get('/api/v1/network/sites', { query: { q: q || undefined, after, limit: 50 }, signal });
    return [page.sites, page.next];
  }, [q]);
  return (
    <Split
      picked={picked !== undefined}
      list={(
        <>
          <Input label={t('settings.search')} type="search" value={q} onInput={(event) => ask({ q: event.currentTarget.value })} />
          <Register of={list} id={(one) => one.code} href={(one) => to('settings', 'sites', one.code) + (q ? `?q=${encodeURIComponent(q)}` : '')} picked={picked} label={t('settings.tab_sites')} empty={<Empty title={t('settings.no_sites')} />}
            row={(one) => <span class="set-row"><span class="set-name">{one.name}</span><span class="soft set-short">{[one.city, one.country && countryName(one.country)].filter(Boolean).join(', ')}</span>{!one.active && <span class="soft set-edition">{t('settings.inactive')}</span>}</span>} />
        </>
      )}
      detail={picked ? <One key={picked} code={picked} changed={(site) => list.change((all) => all.map((one) => (one.code === site.code ? site : one)))} /> : <Empty title={t('settings.pick')} />}
    />
  );
}

function One({ code, changed }: { code: string; changed: (site: Site) => void }) {
  const site = useLoad((signal) => getTagged('/api/v1/network/sites/{site}', { path: { site: code }, signal }), [code]);
  const manage = may('network.manage');
  const { state, onSubmit } = useForm(async (form) => {
    const given = new FormData(form), text = (name: string) => String(given.get(name) ?? '');
    const before = site.data!;
    const body = await patch('/api/v1/network/sites/{site}', { name: text('name'), phone: text('phone'), email: text('email'), opening: text('opening'), active: given.get('active') !== null }, { path: { site: code }, match: before.tag });
    changed(body);
    await site.reload();
    toast(t('settings.saved'));
  });
  return (
    <Shown of={site}>
      {({ body: one }) => (
        <article class="set-one" aria-labelledby="set-title" key={one.updated_at}>
          <h2 id="set-title">{one.name}</h2>
          <p class="soft">{[one.code, one.dealer, one.group, one.street, [one.postcode, one.city].filter(Boolean).join(' '), one.timezone].filter(Boolean).join(' · ')}{one.updated_at && ` · ${date(one.updated_at, 'full')}`}</p>
          <form onSubmit={onSubmit}>
            <Input label={t('settings.name')} name="name" defaultValue={one.name} disabled={!manage} required maxLength={200} error={state.errors['name']} />
            <Input label={t('settings.phone')} name="phone" type="tel" defaultValue={one.phone ?? ''} disabled={!manage} error={state.errors['phone']} />
            <Input label={t('settings.email')} name="email" type="email" defaultValue={one.email ?? ''} disabled={!manage} error={state.errors['email']} />
            <Input label={t('settings.opening')} help={t('settings.opening_help')} name="opening" defaultValue={one.opening ?? ''} disabled={!manage} error={state.errors['opening']} />
            <ActiveCheck on={one.active} disabled={!manage} />
            <FormProblem state={state} />
            {manage && <p class="acts"><Send state={state}>{t('settings.save')}</Send></p>}
          </form>
        </article>
      )}
    </Shown>
  );
}

const ActiveCheck = ({ on, disabled }: { on: boolean; disabled: boolean }) => <label class="check"><input type="checkbox" name="active" defaultChecked={on} disabled={disabled} /> <span>{t('settings.active')}</span></label>;
