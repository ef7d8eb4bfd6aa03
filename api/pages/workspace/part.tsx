import type { ComponentChildren } from 'preact';

interface PartProps {
  title: string;
  hint?: string | undefined;
  /** Where a link may lead to it. */
  id?: string;
  children: ComponentChildren;
}

/** A part of a long form: what it is about, beside (or above) its fields. */
export function Part({ title, hint, id, children }: PartProps) {
  return (
    <section class="form-part" id={id}>
      <div class="part-head">
        <h2>{title}</h2>
        {hint && <p class="hint">{hint}</p>}
      </div>
      <div class="part-body">{children}</div>
    </section>
  );
}
