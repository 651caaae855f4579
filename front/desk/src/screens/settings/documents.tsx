// Questionnaires, texts, rules, countries' rules and settings: one shape, one editor a kind.
import { useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { Empty, Shown } from '../../parts/page.tsx';
import { Split } from '../../parts/register.tsx';
import { Problem, request, sentenceOf } from '../../shell/client.ts';
import { useLive } from '../../shell/live.ts';
import { useLoad, type Loaded } from '../../shell/load.ts';
import { to } from '../../shell/router.ts';
import { may } from '../../shell/session.ts';
import { toast } from '../../shell/toast.tsx';
import { coded, countryName, date, t } from '../../shell/words.ts';
import { familyName, shownValue, valueName } from './value_words.ts';
import { CountryEditor, QuestionnaireEditor, ReasonsEditor, TextEditor, ValueEditor, WordsEditor } from './editors.tsx';

export interface Doc { name: string; edition: number; changed_at: string | null; changed_by: string | null; body: any; packaged: any; [more: string]: any }
export interface All { list: Doc[]; around: any }
export interface EditorProps { doc: Doc; around: any; body: any; change: (body: any) => void; disabled: boolean; problem?: Problem }

interface Family { base: string; list: string; kinds: RegExp; nameOf: (doc: Doc) => string; short: (doc: Doc) => string; editor: (name: string) => ComponentType<EditorProps>; note?: () => string; under?: (doc: Doc) => string; keyed?: boolean }

export const families: Record<string, Family> = {
  questionnaires: { base: '/api/v1/questionnaires', list: 'questionnaires', kinds: /^questionnaire\./, nameOf: (doc) => coded('code.service_', doc.name), short: (doc) => t('settings.n_criteria', { n: doc.body.criteria.length }), editor: () => QuestionnaireEditor },
  texts: { base: '/api/v1/consent-texts', list: 'texts', kinds: /^terms\./, nameOf: () => t('settings.declaration'), short: (doc) => t('settings.n_languages', { n: Object.keys(doc.body.texts).length }), editor: () => TextEditor, note: () => t('settings.texts_note') },
  rules: { base: '/api/v1/moderation-rules', list: 'rules', kinds: /^rule\./, nameOf: (doc) => (doc.name === 'words' ? t('settings.rule_words') : t('settings.rule_reasons')), short: (doc) => String((doc.body.words ?? doc.body.off).length), editor: (name) => (name === 'words' ? WordsEditor : ReasonsEditor), note: () => t('settings.rules_note') },
  countries: { base: '/api/v1/country-rules', list: 'countries', kinds: /^country_rule\./, nameOf: (doc) => countryName(doc.name), short: (doc) => (doc.body.invitation === 'any_basis' ? t('settings.any_basis') : t('settings.consent_needed')), editor: () => CountryEditor, note: () => t('settings.countries_note') },
  values: { base: '/api/v1/settings', list: 'settings', kinds: /^setting\./, nameOf: (doc) => valueName(doc.name), short: (doc) => shownValue(doc, doc.body.value), under: (doc) => familyName(doc.name), keyed: true, editor: () => ValueEditor, note: () => t('settings.values_note') },
};

export function Documents({ family, tab, picked }: { family: Family; tab: string; picked?: string }) {
  const all = useLoad<All>(async (signal) => {
    const { [family.list]: list, ...around } = (await request<any>('get', family.base, undefined, { signal })).body;
    return { list, around };
  }, [family]);
  useLive(family.kinds, () => { void all.reload(); });
  return (
    <Shown of={all} lines={6}>
      {({ list, around }) => {
        const doc = list.find((one) => one.name === picked);
        // Under a heading each, in the order they come.
        const parts = [...list.reduce((all, one) => { const head = family.under?.(one) ?? ''; return all.set(head, [...(all.get(head) ?? []), one]); }, new Map<string, Doc[]>())];
        return (
          <Split
            picked={doc !== undefined}
            list={(
              <>
                {family.note && <p class="soft set-note">{family.note()}</p>}
                {parts.map(([head, docs]) => (
                  <div key={head}>
                    {head && <h2 class="set-family">{head}</h2>}
                    <ol class="register" aria-label={head || t('settings.title')}>
                      {docs.map((one) => (
                        <li key={one.name}>
                          <a href={to('settings', tab, one.name)} aria-current={one.name === picked ? 'true' : undefined} class="set-row">
                            <span class="set-name">{family.nameOf(one)}</span><span class="soft set-short">{family.short(one)}</span>
                            {family.keyed && <code class="set-key">{one.name}</code>}
                            {one.edition > 0 && <span class="soft set-edition">{t('settings.edition', { n: one.edition })}</span>}
                          </a>
                        </li>
                      ))}
                    </ol>
                  </div>
                ))}
              </>
            )}
            detail={doc ? <One key={`${doc.name} ${doc.edition}`} family={family} doc={doc} around={around} all={all} /> : <Empty title={t('settings.pick')} />}
          />
        );
      }}
    </Shown>
  );
}

function One({ family, doc, around, all }: { family: Family; doc: Doc; around: any; all: Loaded<All> }) {
  const [body, change] = useState<any>(doc.body);
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  const [history, setHistory] = useState(false);
  const Editor = family.editor(doc.name);
  const manage = may('settings.manage');
  const url = `${family.base}/${encodeURIComponent(doc.name)}`;
  const packaged = JSON.stringify(doc.body) === JSON.stringify(doc.packaged);
  const act = async (verb: 'put' | 'post' | 'delete', to: string, given: unknown, match?: string) => {
    setSending(true);
    setProblem(undefined);
    try {
      const changed = (await request<Doc>(verb, to, given, match ? { match } : {})).body;
      toast(t('settings.saved'), changed.edition > 0 && to === url ? { undo: () => { void act('post', `${url}/undo`, {}); } } : {});
      await all.reload();
    } catch (error) {
      const told = error instanceof Problem ? error : new Problem(500, 'broken');
      setProblem(told);
      if (told.status === 412) await all.reload();
    }
    setSending(false);
  };
  return (
    <article class="set-one" aria-labelledby="set-title">
      <h2 id="set-title">{family.nameOf(doc)}</h2>
      {family.keyed && <p class="set-key"><code>{doc.name}</code></p>}
      <p class="soft">{doc.edition === 0 || !doc.changed_at ? t('settings.never') : t('settings.changed', { n: doc.edition, who: doc.changed_by ?? '', when: date(doc.changed_at, 'full') })}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (!sending) void act('put', url, body, `"${doc.edition}"`); }}>
        <Editor doc={doc} around={around} body={body} change={change} disabled={!manage} problem={problem} />
        {problem && <p class="error" role="alert">{problem.status === 412 ? t('settings.meanwhile') : problem.field ? problem.detail : sentenceOf(problem)}</p>}
        {manage && (
          <p class="acts">
            <button type="submit" aria-disabled={sending || JSON.stringify(body) === JSON.stringify(doc.body)}>{t('settings.save')}</button>
            {doc.edition > 0 && <button type="button" class="quiet" onClick={() => void act('post', `${url}/undo`, {}, `"${doc.edition}"`)}>{t('settings.undo')}</button>}
            {!packaged && <button type="button" class="quiet" onClick={() => void act('delete', url, undefined, `"${doc.edition}"`)}>{t('settings.reset')}</button>}
          </p>
        )}
      </form>
      {doc.edition > 0 && (
        <details open={history} onToggle={(event) => setHistory(event.currentTarget.open)}>
          <summary>{t('settings.editions')}</summary>
          {history && <History url={url} />}
        </details>
      )}
    </article>
  );
}

function History({ url }: { url: string }) {
  const all = useLoad(async (signal) => (await request<{ editions: { edition: number; at: string | null; by: string | null; body: unknown }[] }>('get', `${url}/editions`, undefined, { signal })).body.editions, [url]);
  return (
    <Shown of={all}>
      {(editions) => (
        <ol class="set-history">
          {editions.map((one) => (
            <li key={one.edition}>
              <p>{one.at ? t('settings.changed', { n: one.edition, who: one.by ?? '', when: date(one.at, 'full') }) : t('settings.packaged')}</p>
              <pre tabIndex={0}>{JSON.stringify(one.body, null, 1).replace(/^[{[]\n?|\n?[}\]]$/g, '')}</pre>
            </li>
          ))}
        </ol>
      )}
    </Shown>
  );
}
