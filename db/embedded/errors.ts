/**
 * Why the embedded PostgreSQL cannot run. The message is shown to the user as it is: one sentence on what
 * happened and one on the way out.
 */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}
