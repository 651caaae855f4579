// A list and what was picked in it, side by side; on a phone the one, then the other. j and k walk, Enter opens; what is picked has an
// address. Rows are links in an ordered list, so that a keyboard and a screen reader need to be told nothing.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Paged } from '../shell/load.ts';
import { useKeys } from '../shell/keys.ts';
import { go } from '../shell/router.ts';
import { t } from '../shell/words.ts';
import { Failure, Waiting } from './page.tsx';

export function Split({ list, detail, picked }: { list: ComponentChildren; detail: ComponentChildren; picked: boolean }) {
  const right = useRef<HTMLElement>(null);
  useEffect(() => { if (picked && right.current && getComputedStyle(right.current).position !== 'sticky') right.current.scrollIntoView({ block: 'nearest' }); }, [picked]);
  return <div class={picked ? 'split picked' : 'split'}><section class="split-list">{list}</section><section class="split-detail" ref={right} tabIndex={-1} aria-label={t('shell.detail')}>{detail}</section></div>;
}

export function Register<T>({ of, id, href, picked, row, empty, label, columns }: {
  of: Paged<T>; id: (one: T) => string; href: (one: T) => string; picked?: string; row: (one: T) => ComponentChildren; empty: ComponentChildren; label: string; columns?: ComponentChildren;
}) {
  const box = useRef<HTMLOListElement>(null);
  const step = (by: number) => {
    const at = of.items.findIndex((one) => id(one) === picked);
    const next = of.items[at < 0 ? 0 : Math.min(Math.max(at + by, 0), of.items.length - 1)];
    if (next && id(next) !== picked) go(href(next), picked !== undefined);
    if (at + by >= of.items.length - 2) void of.more();
  };
  useKeys([
    { key: 'j', says: 'shell.key_next', does: () => step(1) },
    { key: 'k', says: 'shell.key_previous', does: () => step(-1) },
  ]);
  useEffect(() => { box.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' }); }, [picked]);
  if (of.items.length === 0) return of.error ? <Failure problem={of.error} retry={of.reload} /> : of.loading ? <Waiting lines={6} /> : <>{empty}</>;
  return (
    <>
      {columns && <div class="register-head" aria-hidden="true">{columns}</div>}
      <ol class="register" ref={box} aria-label={label} aria-busy={of.loading}>
        {of.items.map((one) => <li key={id(one)}><a href={href(one)} aria-current={id(one) === picked ? 'true' : undefined}>{row(one)}</a></li>)}
      </ol>
      {of.error && <Failure problem={of.error} retry={of.reload} />}
      {!of.done && <p class="more"><button type="button" class="quiet" disabled={of.loading} onClick={() => void of.more()}>{t('shell.more')}</button></p>}
    </>
  );
}
