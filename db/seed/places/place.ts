/** A country of the catalog, with the words that its partners' and clients' names are made of. */
export interface Place {
  country: string;
  /** Partners of every 320. */
  weight: number;
  cities: readonly string[];
  /** Primary languages with their shares. */
  primary: Record<string, number>;
  /** Further languages, each with the probability that a partner speaks it. */
  also: Record<string, number>;
  given: readonly string[];
  family: readonly string[];
  /** Company names: `{word}` is one of `words`, `{family}` and `{partner}` are surnames. */
  companies: readonly string[];
  words: readonly string[];
  /** Mailbox names before the @. */
  mailboxes: readonly string[];
  currency: string;
  dial: string;
}
