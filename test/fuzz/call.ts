/** A call as it goes over the wire. */
export interface Call {
  /** What it is meant for: `get /api/v1/deals/{id}`. */
  route: string;
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  body?: Buffer;
  /** More or fewer bytes are announced than come. */
  announced?: number;
  /** Its address or method was changed: it may be another route's, or no HTTP at all. */
  strayed?: true;
  /** Its headers were changed: it may be refused for that. */
  odd?: true;
}

/** What makes another call of one. */
export type Change = (call: Call) => Call;

/** The same call with another header. */
export const withHeader = (name: string, value: string | string[]): Change => {
  return (call) => ({ ...call, odd: true, headers: { ...call.headers, [name]: value } });
};
