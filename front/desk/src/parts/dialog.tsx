// The browser's own <dialog>: focus stays in, Escape closes, focus goes back.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../shell/words.ts';

export function Dialog({ title, onClose, children, wide }: { title: string; onClose: () => void; children: ComponentChildren; wide?: boolean }) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => { if (before instanceof HTMLElement) before.focus(); };
  }, []);
  return (
    <dialog ref={box} class={wide ? 'wide' : ''} aria-labelledby={id} onClose={onClose} onClick={(event) => { if (event.target === box.current) box.current?.close(); }}>
      <div class="dialog">
        <header><h2 id={id}>{title}</h2><button type="button" class="link" aria-label={t('shell.close')} onClick={() => box.current?.close()}>×</button></header>
        {children}
      </div>
    </dialog>
  );
}

interface Question { text: string; yes: string; detail?: string; answer: (yes: boolean) => void }
const asked = signal<Question | undefined>(undefined);

/** Only for what cannot be undone; what can is done at once, with "undo". */
export const confirm = (text: string, yes: string, detail?: string) => new Promise<boolean>((answer) => { asked.value = { text, yes, detail, answer }; });

export function Confirm() {
  const question = asked.value;
  if (!question) return null;
  const close = (yes: boolean) => { asked.value = undefined; question.answer(yes); };
  return (
    <Dialog title={question.text} onClose={() => close(false)}>
      {question.detail && <p>{question.detail}</p>}
      <p class="acts"><button type="button" onClick={() => close(true)}>{question.yes}</button><button type="button" class="quiet" onClick={() => close(false)}>{t('shell.cancel')}</button></p>
    </Dialog>
  );
}
