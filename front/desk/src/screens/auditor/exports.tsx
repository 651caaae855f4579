// Files to take along: the report in three forms, the statements of reasons by month, and where the log itself is.
import { useLoad } from '../../shell/load.ts';
import { get } from '../../shell/client.ts';
import { now } from '../../shell/clock.ts';
import { date, t } from '../../shell/words.ts';

export function Exports() {
  const report = useLoad((signal) => get('/api/v1/evidence', { signal }), []);
  const today = new Date(now.value);
  const months = Array.from({ length: 12 }, (_, back) => new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1)).toISOString().slice(0, 7));
  return (
    <>
      <section class="exports">
        <h2>{t('auditor.report')}</h2>
        <p class="soft">{report.data ? t('auditor.as_of', { when: date(report.data.generated_at, 'full') }) : t('shell.loading')}</p>
        <ul class="rows">
          <li><a href="/api/v1/evidence/report.pdf" download>evidence.pdf</a> <span class="soft">{t('auditor.pdf_hint')}</span></li>
          <li><a href="/api/v1/evidence/report.json" download>evidence.json</a> <span class="soft">{t('auditor.json_hint')}</span></li>
          <li><a href="/api/v1/evidence/report.note" download>evidence.note</a> <span class="soft">{t('auditor.note_hint')}</span></li>
        </ul>
      </section>
      <section class="exports">
        <h2>{t('auditor.statements')}</h2>
        <p class="soft">{t('auditor.statements_hint')}</p>
        <ul class="months">{months.map((month) => <li key={month}><a href={`/api/v1/evidence/statements?month=${month}`} download>{date(month, 'month')}</a></li>)}</ul>
      </section>
      <section class="exports">
        <h2>{t('auditor.log')}</h2>
        <p>{t('auditor.log_hint')}</p>
        <pre tabIndex={0} aria-label={t('auditor.log')}><code>verbatim log verify {location.origin}</code></pre>
      </section>
    </>
  );
}
