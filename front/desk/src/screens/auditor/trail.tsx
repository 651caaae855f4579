// Who did what: appended by the platform, changed by nobody.
import { Empty, Failure, Waiting } from '../../parts/page.tsx';
import { Input } from '../../parts/form.tsx';
import { Table } from '../../parts/table.tsx';
import { address, request } from '../../shell/client.ts';
import { usePages } from '../../shell/load.ts';
import { ask } from '../../shell/router.ts';
import { coded, date, t } from '../../shell/words.ts';

interface Line { seq: number; at: string; who: string; role: string; via: string; act: string; object: string; outcome: string }

export function Trail({ query }: { query: URLSearchParams }) {
  const who = query.get('who') ?? '', object = query.get('object') ?? '';
  const lines = usePages<Line>(async (after, signal) => {
    const { body } = await request<{ acts: Line[]; next: string | null }>('get', address('/api/v1/audit-trail', { query: { who, object, limit: 50, after } }), undefined, { signal });
    return [body.acts, body.next];
  }, [who, object]);
  return (
    <>
      <form class="filters" onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        ask({ who: String(data.get('who') ?? '').trim() || undefined, object: String(data.get('object') ?? '').trim() || undefined }, false);
      }}>
        <Input label={t('auditor.who')} name="who" type="search" defaultValue={who} key={`who ${who}`} />
        <Input label={t('auditor.object')} name="object" type="search" defaultValue={object} key={`object ${object}`} placeholder="case=ab12" />
        <button class="quiet">{t('auditor.filter')}</button>
      </form>
      {lines.items.length === 0 ? (lines.error ? <Failure problem={lines.error} retry={() => void lines.reload()} /> : lines.loading ? <Waiting lines={6} /> : <Empty title={t('shell.nothing')} />) : (
        <Table caption={t('auditor.tab_trail')} quiet rows={lines.items} id={(one) => String(one.seq)} columns={[
          { key: 'at', name: t('auditor.when'), cell: (one) => <time datetime={one.at}>{date(one.at, 'full')}</time>, text: true },
          { key: 'who', name: t('auditor.who'), cell: (one) => (one.who ? <a href={`?who=${encodeURIComponent(one.who)}`}>{one.who}</a> : '–'), text: true },
          { key: 'role', name: t('auditor.role'), cell: (one) => <>{coded('shell.role_', one.role)} <span class="soft">{coded('auditor.via_', one.via)}</span></>, text: true },
          { key: 'act', name: t('auditor.act'), cell: (one) => <span class="mono">{one.act}</span>, text: true },
          { key: 'object', name: t('auditor.object'), cell: (one) => (one.object ? <a class="mono" href={`?object=${encodeURIComponent(one.object)}`}>{one.object}</a> : ''), text: true },
          { key: 'outcome', name: t('auditor.outcome'), cell: (one) => <span class={one.outcome === 'done' ? '' : 'alarm'}>{coded('auditor.outcome_', one.outcome)}</span>, text: true },
        ]} />
      )}
      {!lines.done && <p class="more"><button type="button" class="quiet" disabled={lines.loading} onClick={() => void lines.more()}>{t('shell.more')}</button></p>}
    </>
  );
}
