/** Text that somebody wrote, with its paragraphs and lines as written. */
export function Paragraphs({ text }: { text: string }) {
  const paragraphs = text.split(/(?:\r?\n[^\S\n]*){2,}/).filter(Boolean);
  return (
    <>
      {paragraphs.map((paragraph) => (
        <p class="as-written">{paragraph}</p>
      ))}
    </>
  );
}
