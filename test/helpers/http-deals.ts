export const DEALS = '/api/v1/deals';

/** What the contract says a partner sees of a deal. */
export interface SeenDeal {
  id: string;
  requestId: string;
  version: number;
  stage: { id: string; name: string; kind: string };
  pipeline: { id: string; name: string };
  project: Record<string, unknown>;
  client: Record<string, unknown>;
  lostReason: string | null;
  createdAt: string;
}
