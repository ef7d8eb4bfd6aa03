/** A mail as it is handed to a server or captured: both parts complete, the recipient one person. */
export interface Message {
  /** The whole header value, `<id@host>`; the same for every attempt. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}
