// One editor a kind of document.
import { useState } from 'preact/hooks';
import { Check, Input, Select, Textarea } from '../../parts/form.tsx';
import { coded, language, languageName, languages, number, t } from '../../shell/words.ts';
import type { EditorProps } from './documents.tsx';
import { packagedValue, shownValue, valueHelp } from './value_words.ts';

const eight = Object.keys(languages);

export function ValueEditor({ doc, body, change, disabled }: EditorProps) {
  const help = `${valueHelp(doc)}${doc['least'] !== undefined && doc['kind'] === 'number' ? ` (${number(doc['least'])}–${number(doc['most'])})` : ''} ${packagedValue(doc)}.`;
  const name = t('settings.value');
  const set = (value: string) => change({ value });
  if (doc['kind'] === 'choice') return <Select label={name} help={help} value={body.value} disabled={disabled} options={(doc['choices'] as string[]).map((one) => [one, shownValue(doc, one)])} onChange={(event) => set(event.currentTarget.value)} />;
  return doc['kind'] === 'number'
    ? <Input label={name} help={help} type="number" min={doc['least']} max={doc['most']} value={body.value} disabled={disabled} onInput={(event) => set(event.currentTarget.value)} />
    : <Input label={name} help={help} value={body.value} disabled={disabled} maxLength={1000} onInput={(event) => set(event.currentTarget.value)} />;
}

export function CountryEditor({ body, change, disabled }: EditorProps) {
  return (
    <>
      <Select label={t('settings.invitation')} value={body.invitation} disabled={disabled} options={[['any_basis', t('settings.any_basis')], ['consent_needed', t('settings.consent_needed')]]} onChange={(event) => change({ ...body, invitation: event.currentTarget.value })} />
      <Check label={t('settings.rates_advisers')} checked={body.rates_advisers} disabled={disabled} onChange={(event) => change({ ...body, rates_advisers: event.currentTarget.checked })} />
    </>
  );
}

/** One text a language; an empty one is left out. */
function Texts({ texts, packaged, rows, disabled, onChange, short }: { texts: Record<string, string>; packaged?: Record<string, string>; rows?: number; disabled: boolean; onChange: (texts: Record<string, string>) => void; short?: boolean }) {
  const set = (tag: string, text: string) => {
    const { [tag]: _, ...others } = texts;
    onChange(text.trim() === '' ? others : { ...others, [tag]: text });
  };
  return (
    <>
      {eight.map((tag) => (short
        ? <Input key={tag} label={languageName(tag)} lang={tag} value={texts[tag] ?? ''} disabled={disabled} maxLength={60} onInput={(event) => set(tag, event.currentTarget.value)} />
        : <Textarea key={tag} label={languageName(tag)} lang={tag} rows={rows ?? 3} value={texts[tag] ?? ''} placeholder={packaged?.[tag] ?? ''} disabled={disabled} maxLength={600} onInput={(event) => set(tag, event.currentTarget.value)} />))}
    </>
  );
}

export const TextEditor = ({ doc, body, change, disabled }: EditorProps) => <Texts texts={body.texts} packaged={doc['packaged_texts']} disabled={disabled} onChange={(texts) => change({ texts })} />;

interface Criterion { code: string; labels?: Record<string, string> }

export function QuestionnaireEditor({ body, around, change, disabled }: EditorProps) {
  const [own, setOwn] = useState('');
  const [open, setOpen] = useState('');
  const criteria = body.criteria as Criterion[];
  const known = around.known as { code: string; labels: Record<string, string> }[];
  const nameOf = (one: Criterion) => {
    const labels = one.labels ?? known.find((other) => other.code === one.code)?.labels ?? {};
    return labels[language()] ?? labels['en'] ?? one.code;
  };
  const put = (next: Criterion[]) => change({ ...body, criteria: next });
  const move = (at: number, by: number) => {
    const next = [...criteria];
    next.splice(at + by, 0, ...next.splice(at, 1));
    put(next);
  };
  const left = known.filter((one) => !criteria.some((other) => other.code === one.code));
  const code = own.trim().toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 30);
  return (
    <div class="set-pair">
      <div>
        <h3>{t('settings.criteria')}</h3>
        <ol class="set-criteria">
          {criteria.map((one, at) => (
            <li key={one.code}>
              <span>{nameOf(one)}</span>
              {!disabled && (
                <span class="set-acts">
                  <button type="button" class="link" disabled={at === 0} aria-label={t('settings.up', { what: nameOf(one) })} onClick={() => move(at, -1)}>↑</button>
                  <button type="button" class="link" disabled={at === criteria.length - 1} aria-label={t('settings.down', { what: nameOf(one) })} onClick={() => move(at, 1)}>↓</button>
                  <button type="button" class="link" aria-expanded={open === one.code} onClick={() => setOpen(open === one.code ? '' : one.code)}>{t('settings.words')}</button>
                  <button type="button" class="link" disabled={criteria.length === 1} aria-label={t('settings.take_out', { what: nameOf(one) })} onClick={() => put(criteria.filter((other) => other !== one))}>×</button>
                </span>
              )}
              {open === one.code && <div class="set-labels"><Texts short texts={one.labels ?? {}} disabled={disabled} onChange={(labels) => put(criteria.map((other) => (other === one ? { code: one.code, ...(Object.keys(labels).length > 0 ? { labels } : {}) } : other)))} /></div>}
            </li>
          ))}
        </ol>
        {!disabled && criteria.length < 10 && (
          <>
            {left.length > 0 && (
              <p class="set-add">{left.map((one) => <button key={one.code} type="button" class="quiet" onClick={() => put([...criteria, { code: one.code }])}>+ {one.labels[language()] ?? one.labels['en']}</button>)}</p>
            )}
            <Input label={t('settings.own_criterion')} help={t('settings.own_help')} value={own} maxLength={60} onInput={(event) => setOwn(event.currentTarget.value)} />
            <p class="acts"><button type="button" class="quiet" disabled={code.length < 2 || criteria.some((one) => one.code === code)} onClick={() => { put([...criteria, { code, labels: { en: own.trim(), [language()]: own.trim() } }]); setOwn(''); setOpen(code); }}>{t('settings.add')}</button></p>
          </>
        )}
        <Check label={t('settings.recommend')} checked={body.recommend} disabled={disabled} onChange={(event) => change({ ...body, recommend: event.currentTarget.checked })} />
      </div>
      <aside class="set-preview" aria-label={t('settings.preview')}>
        <h3>{t('settings.preview')}</h3>
        {criteria.map((one) => <p key={one.code}><span>{nameOf(one)}</span> <span class="set-stars" aria-hidden="true">☆☆☆☆☆</span></p>)}
        {body.recommend && <p><span>{t('settings.recommend_short')}</span> <span class="soft" aria-hidden="true">0 … 10</span></p>}
      </aside>
    </div>
  );
}

export function WordsEditor({ body, around, change, disabled }: EditorProps) {
  const [text, setText] = useState('');
  const [reason, setReason] = useState('spam');
  const words = body.words as { text: string; reason: string }[];
  return (
    <>
      <p class="soft">{t('settings.rule_words_help')}</p>
      {words.length > 0 && (
        <ul class="set-criteria">
          {words.map((one) => (
            <li key={one.text}><span>{one.text}</span> <span class="soft">{coded('code.reason_', one.reason)}</span>
              {!disabled && <span class="set-acts"><button type="button" class="link" aria-label={t('settings.take_out', { what: one.text })} onClick={() => change({ words: words.filter((other) => other !== one) })}>×</button></span>}</li>
          ))}
        </ul>
      )}
      {!disabled && (
        <div class="set-line">
          <Input label={t('settings.word')} value={text} maxLength={60} onInput={(event) => setText(event.currentTarget.value)} />
          <Select label={t('settings.reason')} value={reason} options={(around.reasons as string[]).map((one) => [one, coded('code.reason_', one)])} onChange={(event) => setReason(event.currentTarget.value)} />
          <button type="button" class="quiet" disabled={text.trim() === '' || words.some((one) => one.text === text.trim())} onClick={() => { change({ words: [...words, { text: text.trim(), reason }] }); setText(''); }}>{t('settings.add')}</button>
        </div>
      )}
    </>
  );
}

export function ReasonsEditor({ body, around, change, disabled }: EditorProps) {
  const off = body.off as string[];
  return (
    <fieldset class="set-checks">
      <legend>{t('settings.rule_reasons_help')}</legend>
      {(around.detected as string[]).map((one) => (
        <Check key={one} label={coded('code.reason_', one)} checked={!off.includes(one)} disabled={disabled} onChange={(event) => change({ off: event.currentTarget.checked ? off.filter((other) => other !== one) : [...off, one] })} />
      ))}
    </fieldset>
  );
}
