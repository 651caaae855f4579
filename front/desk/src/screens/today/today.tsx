// What the day begins with: whom to call now, what came in, what waits for an answer, this week against the one before.
import { useEffect } from 'preact/hooks';
import type { ScreenProps } from '../index.ts';
import { type Answer, get } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { useLoad } from '../../shell/load.ts';
import { to } from '../../shell/router.ts';
import { me } from '../../shell/session.ts';
import { coded, date, number, percent, signed, t } from '../../shell/words.ts';
import { Empty, Page, Shown } from '../../parts/page.tsx';
import { Voice } from '../../parts/ink.tsx';
import { CaseRow } from '../cases/cases.tsx';
import { counts } from '../cases/counts.ts';
import { ReviewRow } from '../reviews/reviews.tsx';

type Day = Answer<'/api/v1/today'>;

function Week({ of }: { of: Day }) {
  const { week: now, week_before: before } = of;
  const share = (one: Day['week']) => (one.cases === 0 ? null : one.called_in_time / one.cases);
  const rows: [string, string, string, string][] = [
    [t('today.reviews'), number(now.reviews), number(before.reviews), signed(now.reviews - before.reviews)],
    [t('today.average'), now.average === null ? '–' : number(now.average, 1), before.average === null ? '–' : number(before.average, 1), now.average === null || before.average === null ? '' : signed(now.average - before.average, 1)],
    [t('today.unhappy'), number(now.unhappy), number(before.unhappy), signed(now.unhappy - before.unhappy)],
    [t('today.in_time'), share(now) === null ? '–' : percent(share(now)!), share(before) === null ? '–' : percent(share(before)!), ''],
    [t('today.answered'), number(now.answered), number(before.answered), signed(now.answered - before.answered)],
  ];
  return (
    <div class="table"><table>
      <thead><tr><th scope="col" class="text"><span class="hidden">{t('today.figure')}</span></th><th scope="col">{t('today.this_week')}</th><th scope="col">{t('today.before')}</th><th scope="col">{t('today.change')}</th></tr></thead>
      <tbody>{rows.map((row) => <tr key={row[0]}><th scope="row">{row[0]}</th><td><strong>{row[1]}</strong></td><td>{row[2]}</td><td class="soft">{row[3]}</td></tr>)}</tbody>
    </table></div>
  );
}

export default function Today({ query }: ScreenProps) {
  const branch = query.get('branch') ?? undefined;
  const of = useLoad((signal) => get('/api/v1/today', { query: { branch }, signal }), [branch]);
  useLive(/^(case|review|reply)\./, of.reload);
  useEffect(() => { if (of.data && !branch) counts.value = of.data.counts; }, [of.data]);
  return (
    <Page title={t('today.heading', { name: me.value?.name.split(' ')[0] ?? '' })}>
      <Shown of={of} lines={8}>
        {(day) => (
          <div class="today">
            <section class="today-calls">
              <header class="today-head"><h2>{t('today.to_call', { n: day.counts.open })}</h2>{day.counts.late > 0 && <a class="alarm" href={`${to('cases')}?stage=late`}>{t('today.late', { n: day.counts.late })}</a>}{day.counts.due > 0 && <a href={`${to('cases')}?stage=due`}>{t('today.call_back', { n: day.counts.due })}</a>}</header>
              {day.cases.length === 0 ? <Empty title={t('cases.none_open')} />
                : <ol class="register">{day.cases.map((line) => <li key={line.id}><a href={to('cases', line.id)}><CaseRow line={line} /></a></li>)}</ol>}
              {day.counts.open > day.cases.length && <p class="more"><a href={to('cases')}>{t('today.all_calls')}</a></p>}
            </section>
            <section class="today-week"><header class="today-head"><h2>{t('today.week')}</h2></header><Week of={day} /></section>
            <section class="today-unanswered">
              <header class="today-head"><h2>{t('today.unanswered', { n: day.unanswered_count })}</h2></header>
              {day.unanswered.length === 0 ? <p class="soft today-none">{t('today.all_answered')}</p>
                : <ol class="register">{day.unanswered.map((line) => <li key={line.id}><a href={to('reviews', line.id)}><ReviewRow line={line} /></a></li>)}</ol>}
              {day.unanswered_count > day.unanswered.length && <p class="more"><a href={`${to('reviews')}?replied=no&state=published`}>{t('today.all_unanswered')}</a></p>}
            </section>
            <section class="today-arrived">
              <header class="today-head"><h2>{t('today.arrived')}</h2></header>
              {day.arrived.length === 0 ? <p class="soft today-none">{t('today.nothing')}</p>
                : <ol class="register">{day.arrived.map((line) => <li key={line.id}><a href={to('reviews', line.id)}><ReviewRow line={line} /></a></li>)}</ol>}
              {day.surveys.length > 0 && (
                <>
                  <header class="today-head today-surveys"><h2>{t('today.surveys')}</h2></header>
                  <ul class="register">{day.surveys.map((one) => <li key={one.case}><a href={to('cases', one.case)}><span class="facts"><strong>{t('cases.survey_answer', { first: one.first_rating ?? 0, second: one.rating ?? 0 })}</strong><span>{coded('cases.solved_', one.solved ?? '')}</span>{one.answered_at && <time datetime={one.answered_at}>{date(one.answered_at, 'short')}</time>}</span>{one.words && <Voice text={one.words} />}</a></li>)}</ul>
                </>
              )}
            </section>
          </div>
        )}
      </Shown>
    </Page>
  );
}
