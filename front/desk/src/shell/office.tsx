// The office: rail and screen. On a phone the rail lies at the foot, four places and a menu.
import { signal, useComputed, useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Confirm, Dialog } from '../parts/dialog.tsx';
import { Empty, Failure, Page, Waiting } from '../parts/page.tsx';
import { Check } from '../parts/form.tsx';
import { screens, type Screen, type ScreenProps } from '../screens/index.ts';
import { Problem, online } from './client.ts';
import { heard, helpOpen, keysOn, setKeys, useKeys } from './keys.ts';
import { drop, sendWaiting, waiting } from './later.ts';
import { on } from './live.ts';
import { go, place, query, to } from './router.ts';
import { actAs, enter, me, mayAny, signOut } from './session.ts';
import { setTheme, theme, type Theme } from './theme.ts';
import { Toasts, undoNewest } from './toast.tsx';
import { ago, coded, language, languages, number, speak, t } from './words.ts';

const loaded = new Map<string, ComponentType<ScreenProps>>();
const failed = signal<Record<string, boolean>>({});
const arrived = signal(0);

function fetchScreen(screen: Screen): void {
  screen.load().then(
    ({ default: component }) => { loaded.set(screen.path, component); arrived.value++; },
    () => { failed.value = { ...failed.value, [screen.path]: true }; },  // the net, or a new release took the file away
  );
}

function Lazy({ screen, rest }: { screen: Screen; rest: string[] }) {
  void arrived.value;
  const Component = loaded.get(screen.path);
  useEffect(() => { if (!loaded.has(screen.path)) fetchScreen(screen); }, [screen.path]);
  if (Component) return <Component rest={rest} query={query.value} />;
  if (failed.value[screen.path]) return <Page title={t(screen.title)}><Failure problem={new Problem(0, 'screen')} retry={() => location.reload()} /></Page>;
  return <div class="page"><header class="page-head"><h1>{t(screen.title)}</h1></header><Waiting /></div>;
}

export const allowed = () => screens.filter((screen) => !screen.open && !screen.hidden && mayAny(screen.needs) && !screen.not?.includes(me.value?.role ?? ''));
const home = () => {
  const mine = allowed();
  return mine.find((screen) => screen.home?.includes(me.value?.role ?? '')) ?? mine.find((screen) => !screen.aside) ?? mine[0];
};

const counts = signal<Record<string, number>>({});

/** What waits in each screen one may open: at the start, and again after what happens there. */
function Counts() {
  const person = me.value;
  useEffect(() => {
    counts.value = {};
    const offs = allowed().flatMap((screen) => {
      const { count } = screen;
      if (!count || typeof count === 'function') return [];
      const read = () => { count.read().then((n) => { counts.value = { ...counts.value, [screen.path]: n }; }, () => {}); };
      let later: ReturnType<typeof setTimeout> | undefined;
      read();
      const off = on(count.on, () => { clearTimeout(later); later = setTimeout(read, 1500); });
      return [() => { clearTimeout(later); off(); }];
    });
    return () => { for (const off of offs) off(); };
  }, [person?.email, person?.role, person?.scope]);
  return null;
}

const wordmark = () => t('shell.quoted', { words: 'Verbatim' });
const menuOpen = signal(false);

function RailLink({ screen }: { screen: Screen }) {
  const current = (place.value[0] ?? home()?.path) === screen.path;
  const count = typeof screen.count === 'function' ? screen.count() : counts.value[screen.path] ?? 0;
  return <a href={to(screen.path)} aria-current={current ? 'page' : undefined} onClick={() => { menuOpen.value = false; }}><span>{t(screen.title)}</span>{count > 0 && <span class="count">{number(count)}</span>}</a>;
}

const roleName = (role: string) => coded('shell.role_', role);

function Person() {
  const person = me.value;
  if (!person) return null;
  return (
    <details class="person">
      <summary><span class="person-place">{person.place || roleName(person.role)}</span><span class="person-name">{person.name || person.email}</span></summary>
      <Preferences />
    </details>
  );
}

/** Role, language, light, keys, way out: in the rail's foot and in the phone's menu. */
function Preferences() {
  const person = me.value;
  const busy = useSignal(false);
  return (
    <div class="preferences">
      {person && person.roles.length > 1 && (
        <label><span>{t('shell.acting_as')}</span>
          <select disabled={busy.value} onChange={async (event) => {
            const role = person.roles[Number(event.currentTarget.value)];
            if (!role) return;
            busy.value = true;
            try { await actAs(role); go('/office/'); } finally { busy.value = false; }
          }}>
            {person.roles.map((role, at) => <option key={at} value={at} selected={role.role === person.role && role.scope === person.scope}>{[roleName(role.role), role.place || (role.scope === '*' ? '' : role.scope)].filter(Boolean).join(', ')}</option>)}
          </select>
        </label>
      )}
      <Languages />
      <label><span>{t('shell.theme')}</span>
        <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
          {(['auto', 'light', 'dark'] as const).map((one) => <option key={one} value={one} selected={one === theme.value}>{coded('shell.theme_', one)}</option>)}
        </select>
      </label>
      <div class="preferences-acts">
        <button type="button" class="link" onClick={() => { menuOpen.value = false; helpOpen.value = true; }}>{t('shell.keys')}</button>
        <button type="button" class="link" onClick={() => { void signOut(); }}>{t('shell.sign_out')}</button>
      </div>
    </div>
  );
}

export const Languages = () => (
  <label><span>{t('shell.language')}</span>
    <select value={language()} onChange={(event) => void speak(event.currentTarget.value, true)}>
      {Object.entries(languages).map(([code, name]) => <option key={code} value={code} lang={code} selected={code === language()}>{name}</option>)}
    </select>
  </label>
);

function Rail() {
  const mine = allowed();
  const work = mine.filter((screen) => !screen.aside), aside = mine.filter((screen) => screen.aside);
  // Where one begins comes first, then the rest as in the rail.
  const first = home();
  const foot = [...mine.filter((screen) => screen === first), ...work.filter((screen) => screen !== first)].slice(0, mine.length <= 5 ? 5 : 4);
  return (
    <>
      <header class="rail">
        <a class="wordmark" href="/office/">{wordmark()}</a>
        <nav aria-label={t('shell.screens')}>{work.map((screen) => <RailLink key={screen.path} screen={screen} />)}</nav>
        <div class="rail-foot">
          {aside.length > 0 && <nav class="rail-aside" aria-label={t('shell.aside')}>{aside.map((screen) => <RailLink key={screen.path} screen={screen} />)}</nav>}
          <Person />
        </div>
      </header>
      <div class="foot-bar">
        <nav aria-label={t('shell.screens')}>{foot.map((screen) => <RailLink key={screen.path} screen={screen} />)}</nav>
        <button type="button" class="foot-menu" aria-haspopup="dialog" onClick={() => { menuOpen.value = true; }}>{t('shell.menu')}</button>
      </div>
      {menuOpen.value && (
        <Dialog title={t('shell.menu')} onClose={() => { menuOpen.value = false; }}>
          <p class="soft">{[me.value?.name || me.value?.email, me.value?.place].filter(Boolean).join(', ')}</p>
          <nav class="menu-list" aria-label={t('shell.menu')}>{mine.map((screen) => <RailLink key={screen.path} screen={screen} />)}</nav>
          <Preferences />
        </Dialog>
      )}
    </>
  );
}

function Help() {
  if (!helpOpen.value) return null;
  const acts = [...heard.value].reverse().flat().filter((act, at, all) => all.findIndex((one) => one.key === act.key) === at);
  const own = acts.filter((act) => !act.key.startsWith('g ')), places = acts.filter((act) => act.key.startsWith('g '));
  return (
    <Dialog title={t('shell.keys')} onClose={() => { helpOpen.value = false; }} wide>
      <div class="keys">
        {[own, places].map((list, at) => list.length > 0 && <dl key={at}>{list.map((act) => <div key={act.key}><dt>{(act.shown ?? act.key).split(' ').map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{t(act.says)}</dd></div>)}</dl>)}
      </div>
      <Check label={t('shell.keys_on')} checked={keysOn.value} onChange={(event) => setKeys(event.currentTarget.checked)} />
    </Dialog>
  );
}

function Banner() {
  const mine = waiting.value;
  const refused = mine.filter((one) => one.refused);
  return (
    <>
      {!online.value && <div class="banner" role="status"><span>{mine.length > 0 ? t('shell.offline_waiting', { n: mine.length }) : t('shell.offline')}</span><button type="button" class="link" onClick={() => { void enterAgain(); }}>{t('shell.again')}</button></div>}
      {refused.map((one) => <div key={one.key} class="banner alarm" role="alert"><span>{t('shell.refused', { what: one.what, when: ago(one.since), why: one.refused ?? '' })}</span><button type="button" class="link" onClick={() => drop(one.key)}>{t('shell.drop')}</button></div>)}
    </>
  );
}
async function enterAgain() { await enter(); await sendWaiting(); }

function GoTo() {
  useKeys([
    ...allowed().filter((screen) => screen.key).map((screen) => ({ key: `g ${screen.key}`, says: screen.title, does: () => go(to(screen.path)) })),
    { key: 'u', says: 'shell.undo', does: () => { undoNewest(); } },
    { key: '?', says: 'shell.keys', does: () => { helpOpen.value = true; } },
  ]);
  return null;
}

function Screens() {
  const [path, ...rest] = place.value;
  const person = me.value;
  const opened = useComputed(() => screens.find((screen) => screen.path === place.value[0])).value;
  if (opened?.open) return <Lazy key={opened.path} screen={opened} rest={rest} />;
  if (person === undefined) return <div class="page"><Waiting /></div>;
  if (person === null) {
    const door = screens.find((screen) => screen.path === 'sign-in');
    return door ? <Lazy screen={door} rest={[]} /> : <Page title={t('shell.sign_in')} narrow><Empty title={t('problem.s401')} /></Page>;
  }
  const screen = path === undefined ? home() : opened;
  if (!screen) return <Page title={t('shell.not_found')}><Empty title={path === undefined ? t('shell.no_screen') : t('problem.s404')}><a href="/office/">{t('shell.start_page')}</a></Empty></Page>;
  if (!mayAny(screen.needs)) return <Page title={t(screen.title)}><Empty title={t('problem.s403')}><a href="/office/">{t('shell.start_page')}</a></Empty></Page>;
  return <Lazy key={`${screen.path} ${person.role} ${person.scope}`} screen={screen} rest={rest} />;
}

export function Office() {
  const opened = screens.find((screen) => screen.path === place.value[0])?.open;
  const inside = me.value && !opened;
  return (
    <div class={inside ? 'office' : 'office alone'}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{t('shell.skip')}</a>
      {inside && <Rail />}
      {inside && <GoTo />}
      {inside && <Counts />}
      {!inside && <header class="alone-head"><a class="wordmark" href="/office/">{wordmark()}</a><Languages /></header>}
      <main id="main" tabIndex={-1}><Banner /><Screens /></main>
      <Toasts />
      <Help />
      <Confirm />
    </div>
  );
}
