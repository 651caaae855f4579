// Fields with their label above, help below it, the error beside it. A form knows what is being sent and puts a Problem where it belongs.
import { useSignal } from '@preact/signals';
import type { ComponentChildren, TargetedEvent } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Problem, sentenceOf } from '../shell/client.ts';
import { coded, t } from '../shell/words.ts';

export interface FormState { sending: boolean; problem: Problem | undefined; errors: Record<string, string> }

/** `send` does the act; a Problem with a field stands at that field, any other above the buttons. */
export function useForm(send: (form: HTMLFormElement) => Promise<void>) {
  const state = useSignal<FormState>({ sending: false, problem: undefined, errors: {} });
  const onSubmit = async (event: TargetedEvent<HTMLFormElement> | Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (state.value.sending) return;
    state.value = { sending: true, problem: undefined, errors: {} };
    try {
      await send(form);
      state.value = { sending: false, problem: undefined, errors: {} };
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(500, 'broken', String(error));
      const own = problem.field ? coded('problem.', problem.code) : '';
      state.value = { sending: false, problem, errors: problem.field ? { [problem.field]: own && own !== problem.code ? own : problem.detail || problem.sentence } : {} };
      queueMicrotask(() => { (form.querySelector('[aria-invalid=true], .form-problem') as HTMLElement | null)?.focus(); });
    }
  };
  return { state: state.value, onSubmit };
}

export function Field({ label, help, error, children }: { label: string; help?: ComponentChildren; error?: string; children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ComponentChildren }) {
  const id = useId();
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && <p class="help" id={`${id}-help`}>{help}</p>}
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

interface Attributes<E extends EventTarget> {
  name?: string; value?: string; defaultValue?: string; required?: boolean; disabled?: boolean; readOnly?: boolean; autoComplete?: string; autoFocus?: boolean;
  placeholder?: string; maxLength?: number; minLength?: number; spellcheck?: boolean; lang?: string; class?: string; title?: string;
  onInput?: (event: TargetedEvent<E, Event>) => void; onChange?: (event: TargetedEvent<E, Event>) => void; onBlur?: (event: TargetedEvent<E, FocusEvent>) => void;
  onKeyDown?: (event: TargetedEvent<E, KeyboardEvent>) => void;
}
// Preact's types ask which kind of field it is before they take any attribute; these go with all.
type Plain = Attributes<HTMLInputElement> & { type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'number' | 'date' | 'time' | 'datetime-local'; min?: string | number; max?: string | number; step?: string | number; pattern?: string; inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search' | 'email' | 'url'; label: string; help?: ComponentChildren; error?: string };
export const Input = ({ label, help, error, ...rest }: Plain) => <Field label={label} help={help} error={error}>{(ids) => <input {...(rest as { type?: 'text' })} {...ids} />}</Field>;

type Long = Attributes<HTMLTextAreaElement> & { rows?: number; label: string; help?: ComponentChildren; error?: string; voice?: boolean };
export const Textarea = ({ label, help, error, voice, ...rest }: Long) => <Field label={label} help={help} error={error}>{(ids) => <textarea rows={4} class={voice ? 'voice' : undefined} {...rest} {...ids} />}</Field>;

type Pick = Attributes<HTMLSelectElement> & { label: string; help?: ComponentChildren; error?: string; options: [value: string, name: string][] };
export const Select = ({ label, help, error, options, value, ...rest }: Pick) => (
  <Field label={label} help={help} error={error}>{(ids) => <select {...rest} {...ids} value={value}>{options.map(([code, name]) => <option key={code} value={code} selected={code === value}>{name}</option>)}</select>}</Field>
);

export const Check = ({ label, ...rest }: Attributes<HTMLInputElement> & { label: ComponentChildren; checked?: boolean }) => <label class="check"><input type="checkbox" {...rest} /> <span>{label}</span></label>;

/** One of a few, as buttons that stay pressed. */
export function Choice({ label, options, value, onPick }: { label: string; options: [value: string, name: string][]; value: string; onPick: (value: string) => void }) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(([code, name]) => <button key={code} type="button" aria-pressed={code === value} onClick={() => onPick(code)}>{name}</button>)}
    </div>
  );
}

export const FormProblem = ({ state }: { state: FormState }) => (state.problem && !state.problem.field ? <p class="form-problem error" role="alert" tabIndex={-1}>{sentenceOf(state.problem)}</p> : null);

export const Send = ({ state, children, quiet }: { state: FormState; children: ComponentChildren; quiet?: boolean }) => <button type="submit" class={quiet ? 'quiet' : undefined} aria-disabled={state.sending}>{state.sending ? t('shell.sending') : children}</button>;

/** A file by picking or by dropping. */
export function FileField({ label, help, accept, onFile, error }: { label: string; help?: ComponentChildren; accept?: string; onFile: (file: File) => void; error?: string }) {
  const box = useRef<HTMLInputElement>(null);
  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <div class="drop" onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); const file = event.dataTransfer?.files[0]; if (file) onFile(file); }}>
          <input ref={box} type="file" accept={accept} {...ids} onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) onFile(file); }} />
        </div>
      )}
    </Field>
  );
}
