/** A plain model of the life of requests, written from the design and not from the code. Names, no ids. */

export interface ModelPartner {
  name: string;
  country: string;
  capacity: number | null;
  accepting: boolean;
  wantsNudges: boolean;
}

export type Stands = 'unopened' | 'dropped' | 'new' | 'in_progress' | 'won' | 'lost';

export interface ModelMatch {
  partner: string;
  drawn: boolean;
  stands: Stands;
  reason: string | null;
  answered: boolean;
  refilled: boolean;
  version: number;
  /** When it was moved, as a number of the model's own clock. */
  movedAt: number;
}

export interface ModelRequest {
  name: string;
  mode: 'automated' | 'manual';
  /** The partner of a manual request. */
  partner: string | null;
  country: string | null;
  status: string;
  window: number;
  /** How many thirds of the answer window have gone by. */
  thirds: number;
  chosen: string | null;
  replacements: number;
  matches: ModelMatch[];
  /** The client was invited to choose another partner, now or before. */
  everInvited: boolean;
}

export const isLive = ({ stands }: ModelMatch) =>
  stands === 'unopened' || stands === 'new' || stands === 'in_progress';

export const BY_SYSTEM = ['client_chose_another', 'client_cancelled', 'expired'];
const OUTDATED = /^(invitation|lead-nudge)/;

export class Model {
  readonly partners: ModelPartner[];
  readonly requests: ModelRequest[] = [];
  /** `R0 invitation 1 client` -> status */
  readonly mails = new Map<string, string>();
  /** `create-deal R0/P3` -> how many are promised */
  readonly jobs = new Map<string, number>();
  /** Requests that got fewer partners than were due, and who would have done: each must prove to be full. */
  readonly shortOf: { request: string; wouldDo: (string | null)[] }[] = [];
  private clock = 0;

  constructor(partners: ModelPartner[]) {
    this.partners = partners;
  }

  partner(name: string): ModelPartner {
    const found = this.partners.find((each) => each.name === name);
    if (!found) throw new Error(`the model has no partner ${name}`);
    return found;
  }

  request(name: string): ModelRequest {
    const found = this.requests.find((each) => each.name === name);
    if (!found) throw new Error(`the model has no request ${name}`);
    return found;
  }

  leads(partner: string): number {
    return this.requests.flatMap(({ matches }) =>
      matches.filter((match) => match.partner === partner && isLive(match)),
    ).length;
  }

  promise(job: string): void {
    this.jobs.set(job, (this.jobs.get(job) ?? 0) + 1);
  }

  done(job: string): void {
    const left = (this.jobs.get(job) ?? 0) - 1;
    if (left < 0) throw new Error(`the model did not promise ${job}`);
    if (left === 0) this.jobs.delete(job);
    else this.jobs.set(job, left);
  }

  mail(request: ModelRequest, purpose: string, to = 'client', window = request.window): void {
    const key = `${request.name} ${purpose} ${window} ${to}`;
    if (this.mails.has(key)) return;
    this.mails.set(key, 'pending');
    this.promise(`send-email ${key}`);
  }

  supersede({ name }: ModelRequest): void {
    for (const [key, status] of this.mails) {
      const [request, purpose = ''] = key.split(' ');
      if (request === name && OUTDATED.test(purpose) && status === 'pending')
        this.mails.set(key, 'superseded');
    }
  }

  addMatch(request: ModelRequest, partner: string, drawn: boolean): void {
    const rest = { reason: null, answered: false, refilled: false, version: 0, movedAt: 0 };
    request.matches.push({ partner, drawn, stands: 'unopened', ...rest });
    this.promise(`create-deal ${request.name}/${partner}`);
  }

  put(match: ModelMatch, stands: Stands, reason: string | null = null): void {
    this.clock += 1;
    Object.assign(match, { stands, reason, movedAt: this.clock, version: match.version + 1 });
  }

  /** The client closes all live matches but one; those who have a deal are told. */
  closeOthers(request: ModelRequest, but: ModelMatch | undefined, reason: string): void {
    for (const match of request.matches.filter((each) => each !== but && isLive(each))) {
      if (match.stands === 'unopened') match.stands = 'dropped';
      else {
        this.put(match, 'lost', reason);
        this.mail(request, 'lead-closed', match.partner);
      }
    }
  }

  invite(request: ModelRequest): void {
    if (!['routed', 'answered', 'chosen'].includes(request.status)) return;
    request.status = 'invited';
    request.everInvited = true;
    request.chosen = null;
    this.mail(request, 'invitation');
  }

  /** Refused and not refilled, longest ago first. */
  refused(request: ModelRequest): ModelMatch[] {
    return request.matches
      .filter(({ stands, answered, refilled, reason }) => {
        return stands === 'lost' && !answered && !refilled && !BY_SYSTEM.includes(reason ?? '');
      })
      .sort((a, b) => a.movedAt - b.movedAt);
  }

  /** How many partners a draw is to find now. */
  due(request: ModelRequest): number {
    if (request.mode === 'manual' || request.everInvited) return 0;
    if (request.status === 'received') return 3;
    if (request.status !== 'routed' && request.status !== 'answered') return 0;
    const live = request.matches.filter(isLive).length;
    return Math.max(0, Math.min(this.refused(request).length, 3 - live, 3 - request.replacements));
  }

  afterClosing(request: ModelRequest): void {
    if (this.due(request) > 0) this.promise(`match-request ${request.name}`);
    else if (!request.matches.some(isLive)) this.invite(request);
  }
}
