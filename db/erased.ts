/** What stands where something personal was: no language's word, and nothing that a list or link would lack. */
export const ERASED = '–';

/** Of an erased client nothing is known any more, and above all no address: everybody else has one. */
export const isErased = (client: { email: string }) => client.email === '';
