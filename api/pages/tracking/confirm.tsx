import type { ComponentChildren } from 'preact';

interface ConfirmProps {
  /** Where it posts to. */
  action: string;
  /** What the first button says, and whom or what it is about, where several are on a page. */
  label: string;
  about?: string;
  kind?: 'quiet' | 'danger' | undefined;
  /** What the second button says. */
  confirm: string;
  fields?: Record<string, string>;
  /** What will happen, and cannot be undone. */
  children: ComponentChildren;
}

/** A button that first says what it will do: the one within does it. Works without JavaScript. */
export function Confirm({ action, label, about, kind, confirm, fields = {}, children }: ConfirmProps) {
  return (
    <details class="confirm">
      <summary class={kind ? `button ${kind}` : 'button'}>
        {label}
        {about && <span class="unseen">: {about}</span>}
      </summary>
      <form method="post" action={action} class="confirm-box">
        <p>{children}</p>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit" class={kind === 'danger' ? 'button danger' : 'button'}>
          {confirm}
        </button>
      </form>
    </details>
  );
}
