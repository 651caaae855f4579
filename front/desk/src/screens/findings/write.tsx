// A finding is written from sentences that were chosen elsewhere; here it gets its title and its text.
import { FormProblem, Input, Send, Textarea, useForm } from '../../parts/form.tsx';
import { patch, post } from '../../shell/client.ts';
import { go, to } from '../../shell/router.ts';
import { t } from '../../shell/words.ts';
import type { View } from './one.tsx';

export function Write({ about, reviews, done, of, stop }: { about?: string; reviews: string[]; done: () => void; of?: View; stop?: (view?: View) => void }) {
  const { state, onSubmit } = useForm(async (form) => {
    const fields = new FormData(form);
    const title = String(fields.get('title')), text = String(fields.get('text'));
    const view = of
      ? await patch('/api/v1/findings/{finding}', { version: of.finding.version, title, text, reviews }, { path: { finding: of.finding.id } })
      : await post('/api/v1/findings', { ...(about ? { about } : {}), title, text, reviews });
    done();
    if (stop) stop(view); else go(to('findings', view.finding.id), true);
  });
  return (
    <form onSubmit={onSubmit} class="finding-form">
      <h2>{of ? t('findings.rewrite') : t('findings.write')}</h2>
      <p class="soft">{t('findings.behind_count', { n: reviews.length })}</p>
      <Input label={t('findings.name')} name="title" required maxLength={120} defaultValue={of?.finding.title} error={state.errors.title} autoFocus />
      <Textarea label={t('findings.text')} name="text" required rows={8} maxLength={4000} defaultValue={of?.finding.text} help={t('findings.text_help')} error={state.errors.text} />
      {state.errors.reviews && <p class="error">{state.errors.reviews}</p>}
      <FormProblem state={state} />
      <p class="acts"><Send state={state}>{t('findings.keep')}</Send> {of && <button type="button" class="quiet" onClick={() => stop?.()}>{t('shell.cancel')}</button>}</p>
    </form>
  );
}
