/** Where the record of what was done is. */
export const AUDIT_PATH = '/admin/audit';
