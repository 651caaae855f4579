// Published versions, newest first, and what differs between two of them. Number 0 is the packaged plan.
import { Empty, Shown } from '../../parts/page.tsx';
import { get } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { ask } from '../../shell/router.ts';
import { date, t } from '../../shell/words.ts';

export function Versions({ query }: { query: URLSearchParams }) {
  const list = useLoad((signal) => get('/api/v1/plan/versions', { query: { limit: 100 }, signal }), []);
  return (
    <Shown of={list}>{({ versions }) => {
      const numbers = [...versions.map((one) => one.number), 0];
      const known = (name: string, usual: number) => { const wanted = Number(query.get(name) ?? NaN); return numbers.includes(wanted) ? wanted : usual; };
      const b = known('b', numbers[0]!), a = known('a', numbers[Math.min(1, numbers.length - 1)]!);
      const title = (one: number) => { const found = versions.find((each) => each.number === one); return found ? t('plan.version_from', { version: found.version, from: date(found.from ?? '', 'full') }) : t('plan.the_packaged'); };
      return (
        <>
          {versions.length === 0 ? <Empty title={t('plan.none_published')}>{t('plan.none_published_hint')}</Empty> : (
            <ol class="plan-list">{versions.map((one) => (
              <li key={one.number}><b>{one.version}</b> <span class="facts"><span>{t('plan.since', { from: date(one.from ?? '', 'full') })}</span><span>{t('plan.by_whom', { who: one.published_by.replace(/^staff:/, ''), at: date(one.published_at ?? '', 'full') })}</span></span></li>
            ))}</ol>
          )}
          {versions.length > 0 && (
            <section class="board-part"><h2>{t('plan.compare')}</h2>
              <form class="board-ask" onSubmit={(event) => event.preventDefault()}>
                {([['a', a, 'plan.before'], ['b', b, 'plan.after']] as const).map(([name, value, label]) => (
                  <label key={name} class="pick"><span>{t(label)}</span><select value={String(value)} onChange={(event) => ask({ [name]: event.currentTarget.value })}>{numbers.map((one) => <option key={one} value={String(one)} selected={one === value}>{title(one)}</option>)}</select></label>
                ))}
              </form>
              <Changes a={a} b={b} />
            </section>
          )}
        </>
      );
    }}</Shown>
  );
}

function Changes({ a, b }: { a: number; b: number }) {
  const changes = useLoad((signal) => get('/api/v1/plan/compare', { query: { a: String(a), b: String(b) } as never, signal }), [a, b]);
  return (
    <Shown of={changes}>{({ changes: list }) => (list.length === 0 ? <p class="soft">{t('plan.no_changes')}</p> : (
      <div class="table" tabIndex={0} role="region" aria-label={t('plan.compare')}>
        <table>
          <thead><tr><th scope="col" class="text">{t('plan.part')}</th><th scope="col" class="text">{t('plan.before')}</th><th scope="col" class="text">{t('plan.after')}</th></tr></thead>
          <tbody>{list.map((one, at) => (
            <tr key={at}><th scope="row" class="text">{one.part}{one.key && <><br /><code>{one.key}</code></>}</th>
              <td class="text plan-value"><code>{one.before ?? '–'}</code></td><td class="text plan-value"><code>{one.after ?? '–'}</code></td></tr>
          ))}</tbody>
        </table>
      </div>
    ))}</Shown>
  );
}
