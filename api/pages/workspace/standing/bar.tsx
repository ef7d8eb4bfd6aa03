// In units of the drawing; the page stretches it.
const LENGTH = 100;

/** A bar that is filled to a share, 0 to 1. What it says is said in words beside it. */
export function Bar({ share }: { share: number }) {
  const filled = LENGTH * Math.min(1, Math.max(0, share));
  return (
    <svg class="bar" viewBox={`0 0 ${LENGTH} 1`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="all" width={LENGTH} height="1" />
      <rect class="part" width={filled} height="1" />
    </svg>
  );
}
