// Webhooks: who is told what, what was sent and what came back, once more where it failed.
import { useRef, useState } from 'preact/hooks';
import { confirm } from '../../parts/dialog.tsx';
import { FormProblem, Input, Send, useForm } from '../../parts/form.tsx';
import { Empty, Shown } from '../../parts/page.tsx';
import { Split } from '../../parts/register.tsx';
import { del, get, patch, post, sentenceOf, type Answer } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { useLoad } from '../../shell/load.ts';
import { go, to } from '../../shell/router.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, date, number, t } from '../../shell/words.ts';

type Webhook = Answer<'/api/v1/webhooks/{webhook}'>;

export function Webhooks({ picked }: { picked?: string }) {
  const all = useLoad(async (signal) => (await get('/api/v1/webhooks', { signal })).webhooks, []);
  const [secret, setSecret] = useState<{ of: string; text: string }>();
  useLive(/^webhook\./, () => { void all.reload(); });
  const made = async (one: { id: string; secret: string }) => {
    setSecret({ of: one.id, text: one.secret });
    await all.reload();
    go(to('settings', 'webhooks', one.id));
  };
  return (
    <Shown of={all}>
      {(list) => {
        const one = list.find((other) => other.id === picked);
        return (
          <Split
            picked={picked !== undefined}
            list={(
              <>
                <p class="acts"><a class="button quiet" href={to('settings', 'webhooks', 'new')}>{t('settings.new_webhook')}</a></p>
                {list.length === 0 ? <Empty title={t('settings.no_webhooks')}>{t('settings.webhooks_help')}</Empty> : (
                  <ol class="register" aria-label={t('settings.tab_webhooks')}>
                    {list.map((other) => (
                      <li key={other.id}>
                        <a href={to('settings', 'webhooks', other.id)} aria-current={other.id === picked ? 'true' : undefined} class="set-row">
                          <span class="set-name">{other.description || other.url}</span><span class="soft set-short">{other.branch}</span>
                          <span class={other.state === 'disabled' || other.failing_since ? 'set-edition alarm' : 'set-edition soft'}>{coded('settings.hook_', other.failing_since && other.state === 'on' ? 'failing' : other.state)}</span>
                        </a>
                      </li>
                    ))}
                  </ol>
                )}
              </>
            )}
            detail={picked === 'new' ? <New made={made} /> : one ? <One key={one.id} one={one} secret={secret?.of === one.id ? secret.text : undefined} made={made} reload={all.reload} /> : <Empty title={t('settings.pick')} />}
          />
        );
      }}
    </Shown>
  );
}

function New({ made }: { made: (one: { id: string; secret: string }) => Promise<void> }) {
  const { state, onSubmit } = useForm(async (form) => {
    const given = new FormData(form), text = (name: string) => String(given.get(name) ?? '').trim();
    await made(await post('/api/v1/webhooks', { url: text('url'), kinds: text('kinds').split(/[\s,]+/).filter(Boolean), description: text('description'), ...(text('branch') ? { branch: text('branch') } : {}) }));
  });
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{t('settings.new_webhook')}</h2>
      <form onSubmit={onSubmit}>
        <Input label={t('settings.url')} name="url" type="url" required maxLength={1000} placeholder="https://" error={state.errors['url']} />
        <Input label={t('settings.description')} name="description" maxLength={200} error={state.errors['description']} />
        <Input label={t('settings.kinds')} help={t('settings.kinds_help')} name="kinds" spellcheck={false} error={state.errors['kinds']} />
        <Input label={t('settings.branch')} help={t('settings.branch_help')} name="branch" spellcheck={false} error={state.errors['branch']} />
        <FormProblem state={state} />
        <p class="acts"><Send state={state}>{t('settings.add')}</Send></p>
      </form>
    </article>
  );
}

function One({ one, secret, made, reload }: { one: Webhook; secret?: string; made: (one: { id: string; secret: string }) => Promise<void>; reload: () => Promise<void> }) {
  const path = { webhook: one.id };
  const deliveries = useLoad(async (signal) => (await get('/api/v1/webhooks/{webhook}/deliveries', { path, query: { limit: 50 }, signal })).deliveries, [one.id, one.version]);
  // Of a webhook that is being removed nothing is asked any more.
  const removed = useRef(false);
  const again = () => { if (!removed.current) void deliveries.reload(); };
  useLive(/./, again);
  const act = (does: () => Promise<unknown>, said: string) => {
    does().then(() => { toast(said); void reload(); setTimeout(again, 1500); }, (error) => { removed.current = false; toast(sentenceOf(error), { alarm: true }); });
  };
  const failed = deliveries.data?.filter((delivery) => delivery.state === 'failed') ?? [];
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{one.description || one.url}</h2>
      <p class="set-url">{one.url}</p>
      <p class="soft">{[one.branch, one.kinds.join(', ') || t('settings.all_kinds'), one.owner].join(' · ')}</p>
      {one.why && <p class="error">{coded('settings.why_', one.why)}</p>}
      {secret && <div class="set-secret" role="status"><p>{t('settings.secret_once')}</p><code>{secret}</code></div>}
      <p class="acts">
        <button type="button" aria-disabled={one.state !== 'on'} onClick={() => act(() => post('/api/v1/webhooks/{webhook}/test', undefined as never, { path }), t('settings.tested'))}>{t('settings.test')}</button>
        <button type="button" class="quiet" onClick={() => act(() => patch('/api/v1/webhooks/{webhook}', { state: one.state === 'on' ? 'off' : 'on' }, { path }), t('settings.saved'))}>{one.state === 'on' ? t('settings.switch_off') : t('settings.switch_on')}</button>
        <button type="button" class="quiet" onClick={() => { void post('/api/v1/webhooks/{webhook}/secret', undefined as never, { path }).then(made, (error) => toast(sentenceOf(error), { alarm: true })); }}>{t('settings.new_secret')}</button>
        {failed.length > 0 && one.state === 'on' && <button type="button" class="quiet" onClick={() => act(() => post('/api/v1/webhooks/{webhook}/replay', { from: failed[failed.length - 1]!.created_at, to: new Date(Date.now() + 60000).toISOString().replace(/\.\d+/, ''), failed: true }, { path }), t('settings.sent_again'))}>{t('settings.again_failed')}</button>}
        <button type="button" class="quiet" onClick={() => { void confirm(t('settings.remove_sure'), t('settings.remove'), one.url).then((yes) => { if (yes) act(async () => { removed.current = true; await del('/api/v1/webhooks/{webhook}', { path }); go(to('settings', 'webhooks')); }, t('settings.removed')); }); }}>{t('settings.remove')}</button>
      </p>
      <h3>{t('settings.deliveries')}</h3>
      <Shown of={deliveries}>
        {(list) => (list.length === 0 ? <Empty title={t('settings.no_deliveries')} /> : (
          <ol class="set-deliveries">
            {list.map((delivery) => (
              <li key={delivery.id}>
                <span class="set-kind">{delivery.kind}</span>
                <span class={delivery.state === 'failed' ? 'alarm' : 'soft'}>{coded('settings.delivery_', delivery.state)}{delivery.status ? ` ${delivery.status}` : ''}{delivery.milliseconds !== null ? `, ${number(delivery.milliseconds)} ms` : ''}{delivery.attempts > 1 ? `, ${t('settings.n_attempts', { n: delivery.attempts })}` : ''}</span>
                <span class="soft">{date(delivery.last_at ?? delivery.created_at, 'moment')}</span>
                <button type="button" class="link" disabled={one.state !== 'on'} aria-label={`${t('settings.again')}: ${delivery.kind}`} onClick={() => act(() => post('/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay', undefined as never, { path: { ...path, delivery: delivery.id } }), t('settings.sent_again'))}>{t('settings.again')}</button>
              </li>
            ))}
          </ol>
        ))}
      </Shown>
    </article>
  );
}
