/**
 * Statements that write rows of the past in one transaction, whose references are not looked up one by one: they are
 * right as they are made, and looking takes longer than writing. Indexes stay.
 */
export function unchecked(...statements: string[]): string {
  return ['begin', 'set local session_replication_role = replica', ...statements, 'commit'].join(';\n');
}
