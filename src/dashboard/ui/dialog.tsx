import { type SubmitEvent, type ReactNode, useEffect, useId, useRef } from 'react';

export interface DialogProps {
  readonly title: string;
  /** What the button that goes on says. */
  readonly action: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly onSubmit: (given: FormData) => void;
}

/** Asks for what an action needs. Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, action, children, onClose, onSubmit }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
    onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <form className="stacked" onSubmit={submit}>
        {children}
        <div>
          <button type="submit">{action}</button>{' '}
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** The text of a field; null where nothing was written. */
export const textOf = (given: FormData, name: string): string | null => {
  const value = given.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};
