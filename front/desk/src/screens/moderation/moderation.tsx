// The moderator's queue. Words on the left by age, one of them whole on the right, a key for everything. Never a star (MOD-2). A decision
// waits some seconds before it is sent, so that a slip of the finger can be taken back; leaving the page sends it.
import { signal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Empty, Failure, Page, Waiting, type Tab } from '../../parts/page.tsx';
import { Register, Split } from '../../parts/register.tsx';
import { Kbd, Lang, TimeLeft } from '../../parts/ink.tsx';
import { get, type Answer } from '../../shell/client.ts';
import { useKeys } from '../../shell/keys.ts';
import { usePages } from '../../shell/load.ts';
import { useLive } from '../../shell/live.ts';
import { ask, go, to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { coded, date, languageName, t } from '../../shell/words.ts';
import type { ScreenProps } from '../index.ts';
import { Decide } from './decide.tsx';
import { pending, settled, type Pending } from './pending.ts';
import { summary, readSummary } from './summary.ts';

type Item = Answer<'/api/v1/moderation/waiting'>['waiting'][number];
export type Whole = Answer<'/api/v1/moderation/reviews/{review}'>;

export async function fetchWhole(about: string, id: string): Promise<Whole> {
  if (about === 'reply') return get('/api/v1/moderation/replies/{reply}', { path: { reply: id } });
  if (about === 'notice') return get('/api/v1/moderation/notices/{notice}', { path: { notice: id } });
  if (about === 'complaint') return get('/api/v1/moderation/complaints/{complaint}', { path: { complaint: id } });
  return get('/api/v1/moderation/reviews/{review}', { path: { review: id } });
}

// The next ones are fetched while this one is read.
const ahead = new Map<string, Promise<Whole>>();
function whole(about: string, id: string): Promise<Whole> {
  const key = `${about}:${id}`;
  const found = ahead.get(key);
  if (found) { ahead.delete(key); return found; }
  return fetchWhole(about, id);
}
function look(item: Item | undefined): void {
  if (!item || ahead.has(`${item.about}:${item.id}`)) return;
  const fetched = fetchWhole(item.about, item.id);
  fetched.catch(() => ahead.delete(`${item.about}:${item.id}`));
  ahead.set(`${item.about}:${item.id}`, fetched);
  if (ahead.size > 4) ahead.delete(ahead.keys().next().value!);
}

const spoken = signal<string>('');  // the language filter outlives the screen

export default function Moderation({ rest, query }: ScreenProps) {
  const kind = query.get('kind') ?? '';
  const language = spoken.value;
  const [about, id] = rest;
  const list = usePages<Item>(async (after, abort) => {
    const page = await get('/api/v1/moderation/waiting', {
      query: { kind: (kind || undefined) as never, language: language && language !== 'mine' && language !== 'all' ? language : undefined, mine: language === '' || language === 'mine' ? true : undefined, limit: 30, after },
      signal: abort,
    });
    return [page.waiting, page.next];
  }, [kind, language]);
  useLive(/^(review|reply|notice|complaint)\./, () => { void list.reload(); void readSummary(); });
  useEffect(() => { void readSummary(); }, []);

  // What was decided a moment ago is gone from the list, whether it was sent already or not.
  const gone = new Set([...settled.value, ...pending.value.map((one) => one.ref)]);
  const shown = { ...list, items: list.items.filter((one) => !gone.has(`${one.about}:${one.id}`)) };
  const at = shown.items.findIndex((one) => one.about === about && one.id === id);
  const picked = about && id ? `${about}:${id}` : undefined;
  const href = (one: Item) => `${to('moderation', one.about, one.id)}${kind ? `?kind=${kind}` : ''}`;

  useEffect(() => {
    // On a wide screen the first one is open at once; a phone shows the list.
    if (!picked && shown.items[0] && matchMedia('(min-width: 52rem)').matches) go(href(shown.items[0]), true);
  }, [picked, shown.items[0]?.id]);
  useEffect(() => { if (at >= 0) look(shown.items[at + 1]); }, [picked, shown.items.length]);
  useEffect(() => { if (!list.done && !list.loading && shown.items.length < 8) void list.more(); }, [shown.items.length, list.done, list.loading]);

  const onward = (decided: Pending) => {
    const left = shown.items.filter((one) => `${one.about}:${one.id}` !== decided.ref);
    const next = left[Math.min(Math.max(at, 0), left.length - 1)];
    go(next ? href(next) : `${to('moderation')}${kind ? `?kind=${kind}` : ''}`, true);
  };

  const counts = summary.value;
  const tabs: Tab[] = (['', 'review', 'correction', 'reply', 'notice', 'complaint', 'second'] as const).map((one) => ({
    name: t(`moderation.tab_${one || 'all'}`), href: `${to('moderation')}${one ? `?kind=${one}` : ''}`, current: kind === one,
    count: one === '' ? counts?.waiting : one === 'second' ? counts?.second : counts?.kinds[one],
  }));
  return (
    <Page title={t('moderation.title')} tabs={tabs}>
      <Split picked={picked !== undefined}
        list={
          <>
          <div class="list-head">
            <label><span class="hidden">{t('moderation.language')}</span>
              <select value={language || 'mine'} onChange={(event) => { spoken.value = event.currentTarget.value === 'mine' ? '' : event.currentTarget.value; ask({}); }}>
                <option value="mine" selected={language === ''}>{t('moderation.language_mine')}</option>
                <option value="all" selected={language === 'all'}>{t('moderation.language_all')}</option>
                {['ar', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'].map((one) => <option key={one} value={one} selected={one === language}>{languageName(one)}</option>)}
              </select>
            </label>
            {counts && (
              <p class="tally" role="status">
                <span>{t('moderation.decided_today', { n: counts.decided_today })}</span>
                <span>{t('moderation.decided_hour', { n: counts.decided_last_hour })}</span>
                {counts.late > 0 && <span class="alarm">{t('moderation.late', { n: counts.late })}</span>}
              </p>
            )}
          </div>
          <Register of={shown} id={(one) => `${one.about}:${one.id}`} picked={picked} label={t('moderation.title')} href={href}
            empty={<Empty title={t('moderation.empty')}>{language === '' && counts && counts.waiting > 0 ? <button type="button" class="link" onClick={() => { spoken.value = 'all'; }}>{t('moderation.empty_others', { n: counts.waiting })}</button> : t('moderation.empty_hint')}</Empty>}
            row={(one) => (
              <span class="waiting-row">
                <span class="waiting-time">{one.decide_by ? <TimeLeft due={one.decide_by} from={one.submitted_at} alarmBelow={86400} /> : <span class="soft">{date(one.submitted_at, 'short')}</span>}</span>
                <span>
                  <span class="who">{one.subject_name}</span>
                  <span class="facts"><span>{one.published_overdue ? t('moderation.kind_overdue') : t(`moderation.kind_${one.kind}`)}</span>{one.second && <span>{t('moderation.tab_second')}</span>}<Lang of={one.lang} />{one.barred && <span>{coded('moderation.barred_', one.barred)}</span>}</span>
                  <span class="voice waiting-opening" lang={one.lang || undefined}>{one.opening}</span>
                </span>
              </span>
            )} />
          </>
        }
        detail={about && id ? <One key={`${about}:${id}`} about={about} id={id} onDecided={onward} back={`${to('moderation')}${kind ? `?kind=${kind}` : ''}`} left={shown.items.length} /> : <p class="soft">{t('moderation.pick')}</p>} />
    </Page>
  );
}

function One({ about, id, onDecided, back, left }: { about: string; id: string; onDecided: (decided: Pending) => void; back: string; left: number }) {
  const [state, set] = useState<{ whole?: Whole; error?: import('../../shell/client.ts').Problem }>({});
  const load = () => { whole(about, id).then((found) => set({ whole: found }), (error) => set({ error })); };
  useEffect(load, [about, id]);
  useKeys(useMemo(() => [{ key: 'Escape', says: 'moderation.key_list', does: () => go(back) }], [back]));
  if (state.error) return <><a class="back phone-only" href={back}>← {t('shell.back')}</a><Failure problem={state.error} retry={load} /></>;
  if (!state.whole) return <Waiting />;
  return (
    <>
      <a class="back phone-only" href={back}>← {t('shell.back')}</a>
      <Decide whole={state.whole} onDecided={onDecided} reload={load} mayDecide={may('moderation.decide')} />
      <p class="soft small phone-hide">{t('moderation.left', { n: left })} <Kbd>?</Kbd></p>
    </>
  );
}

