// The frame of a screen: title left, tabs or acts right, one ink rule. And its states: nothing there, not yet, it failed.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Problem, sentenceOf } from '../shell/client.ts';
import { t } from '../shell/words.ts';

export interface Tab { name: string; href: string; current: boolean; count?: number }

export function Page({ title, tabs, acts, children, narrow, back }: {
  title: string; tabs?: Tab[]; acts?: ComponentChildren; children: ComponentChildren; narrow?: boolean; back?: string;
}) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => { document.title = `${title} · Verbatim`; }, [title]);
  useEffect(() => {
    // A new screen is read from its title. Not at the first one: the page begins at its top by itself.
    if (arrived) head.current?.focus({ preventScroll: true });
    arrived = true;
    scrollTo(0, 0);
  }, []);
  // Of tabs that are wider than a telephone the one looked at is seen.
  const bar = useRef<HTMLElement>(null);
  const current = tabs?.find((tab) => tab.current)?.href;
  useEffect(() => {
    const one = bar.current?.querySelector('[aria-current]');
    if (!bar.current || !one) return;
    const [all, mine] = [bar.current.getBoundingClientRect(), one.getBoundingClientRect()];
    if (mine.left < all.left || mine.right > all.right) bar.current.scrollLeft += mine.left - all.left - (all.width - mine.width) / 2;
  }, [current, tabs?.length]);
  return (
    <div class={narrow ? 'page narrow' : 'page'}>
      <header class="page-head">
        {back && <a class="back" href={back}>← {t('shell.back')}</a>}
        <h1 tabIndex={-1} ref={head}>{title}</h1>
        {tabs && (
          <nav class="tabs" aria-label={title} ref={bar}>
            {tabs.map((tab) => <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>{tab.name}{tab.count ? <span class="count"> {tab.count}</span> : null}</a>)}
          </nav>
        )}
        {acts && <div class="page-acts">{acts}</div>}
      </header>
      {children}
    </div>
  );
}
let arrived = false;

export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => <div class="empty"><p class="empty-title">{title}</p>{children && <div class="soft">{children}</div>}</div>;

export const Waiting = ({ lines = 4 }: { lines?: number }) => (
  <div class="waiting" role="status"><span class="hidden">{t('shell.loading')}</span>{Array.from({ length: lines }, (_, at) => <i key={at} class={`w${at % 3}`} />)}</div>
);

export const Failure = ({ problem, retry }: { problem: Problem; retry?: () => void }) => (
  <div class="failure" role="alert"><p>{sentenceOf(problem)}</p>{retry && problem.status !== 403 && problem.status !== 404 && <button type="button" class="quiet" onClick={retry}>{t('shell.again')}</button>}</div>
);

/** Data, or why it is not there. */
export function Shown<T>({ of, children, lines }: { of: { data: T | undefined; error: Problem | undefined; reload: () => void }; children: (data: T) => ComponentChildren; lines?: number }) {
  if (of.error && of.data === undefined) return <Failure problem={of.error} retry={of.reload} />;
  if (of.data === undefined) return <Waiting lines={lines} />;
  return <>{of.error && <Failure problem={of.error} retry={of.reload} />}{children(of.data)}</>;
}
