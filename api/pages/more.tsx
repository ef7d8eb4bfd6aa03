interface MoreProps {
  href: string;
  label: string;
  /** What of the next page comes in the link's place. */
  select: string;
  /** Where on the next page one goes on, without JavaScript. */
  anchor?: string;
}

/** A link to the next page of a list; with JavaScript, what is on it comes in the link's place. */
export function More({ href, label, select, anchor = '' }: MoreProps) {
  return (
    <p class="more">
      <a
        class="button quiet"
        href={`${href}${anchor}`}
        hx-get={href}
        hx-target="closest .more"
        hx-select={select}
        hx-swap="outerHTML"
      >
        {label}
      </a>
    </p>
  );
}
