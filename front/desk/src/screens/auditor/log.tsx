// The public log as it stands: what was signed last, who else signed it, and the nights on which everything shown was counted again.
import { Empty, Shown } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { get } from '../../shell/client.ts';
import { useLoad } from '../../shell/load.ts';
import { useLive } from '../../shell/live.ts';
import { ago, date, number, t } from '../../shell/words.ts';

export function LogState() {
  const log = useLoad((signal) => get('/api/v1/evidence/log', { signal }), []);
  useLive(/./, () => void log.reload());
  return (
    <Shown of={log}>
      {(data) => {
        const [last] = data.replays;
        return (
          <>
            <dl class="facts-list">
              <div><dt>{t('auditor.entries')}</dt><dd class="big">{number(data.size)}</dd></div>
              <div><dt>{t('auditor.witnesses')}</dt><dd>{data.witnesses.length === 0 ? t('auditor.no_witnesses') : data.quorum ? t('auditor.quorum', { n: data.quorum.size, when: ago(data.quorum.at) }) : t('auditor.no_quorum')}</dd></div>
              <div><dt>{t('auditor.last_replay')}</dt><dd class={last && !last.same ? 'alarm' : ''}>{last ? <>{date(last.at, 'full')}: {t(last.same ? 'auditor.same' : 'auditor.differs')}</> : t('auditor.no_replay')}</dd></div>
              <div><dt>{t('auditor.key')}</dt><dd class="mono">{data.key}</dd></div>
            </dl>
            <section><h2>{t('auditor.checkpoint')}</h2>{data.checkpoint ? <pre tabIndex={0} aria-label={t('auditor.checkpoint')}><code>{data.checkpoint}</code></pre> : <p class="soft">{t('auditor.no_checkpoint')}</p>}
              <p class="figure-links"><a href="/log/checkpoint">/log/checkpoint</a><a href="/log/policy">/log/policy</a></p></section>
            {data.witnesses.length > 0 && (
              <section><Table caption={t('auditor.witnesses')} rows={data.witnesses} id={(one) => one.name} columns={[
                { key: 'name', name: t('auditor.witness'), cell: (one) => one.name, by: (one) => one.name, text: true },
                { key: 'size', name: t('auditor.entries'), cell: (one) => number(one.size), by: (one) => one.size },
                { key: 'at', name: t('auditor.cosigned'), cell: (one) => (one.at ? date(one.at, 'full') : '–'), by: (one) => one.at },
                { key: 'trouble', name: t('auditor.trouble'), cell: (one) => one.trouble ?? '', text: true },
              ]} /></section>
            )}
            <section>
              {data.replays.length === 0 ? <Empty title={t('auditor.no_replay')}>{t('auditor.replay_hint')}</Empty> : (
                <Table caption={t('auditor.replays')} rows={data.replays} id={(one) => one.day} columns={[
                  { key: 'day', name: t('auditor.day'), cell: (one) => date(one.day), by: (one) => one.day, text: true },
                  { key: 'same', name: t('auditor.result'), cell: (one) => <span class={one.same ? '' : 'alarm'}>{t(one.same ? 'auditor.same' : 'auditor.differs')}</span>, by: (one) => (one.same ? 1 : 0), text: true },
                  { key: 'size', name: t('auditor.entries'), cell: (one) => number(one.log_size), by: (one) => one.log_size },
                  { key: 'pages', name: t('auditor.pages'), cell: (one) => number(one.pages), by: (one) => one.pages },
                  { key: 'digest', name: t('auditor.digest'), cell: (one) => <span class="mono">{one.pages_sha256.slice(0, 16)}…</span>, text: true },
                ]} />
              )}
            </section>
          </>
        );
      }}
    </Shown>
  );
}
