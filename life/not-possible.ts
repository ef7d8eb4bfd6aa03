/** What the life of a request or deal does not allow now. The code says why, for machines. */
export class NotPossible extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
