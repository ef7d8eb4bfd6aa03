import { BY_SYSTEM, isLive, type Model, type ModelMatch, type ModelRequest } from './life-model.ts';

/** What clients and partners do, in the model. Each says what the caller is answered. */

export function send(model: Model, request: Pick<ModelRequest, 'mode' | 'partner' | 'country'>): string {
  const name = `R${model.requests.length}`;
  const fresh = { status: 'received', window: 1, thirds: 0, chosen: null, replacements: 0 };
  model.requests.push({ name, ...request, ...fresh, matches: [], everInvited: false });
  model.promise(`match-request ${name}`);
  return name;
}

function leaveInvitation(request: ModelRequest): void {
  if (request.status === 'invited') request.window += 1;
}

export function choose(model: Model, request: ModelRequest, partner: string): string {
  const match = request.matches.find((each) => each.partner === partner);
  if (!match) return 'not_asked';
  if (request.status === 'chosen' && request.chosen === partner) return 'ok';
  if (!['routed', 'answered', 'invited'].includes(request.status)) return 'not_possible';
  if (!isLive(match)) return 'not_live';
  model.supersede(request);
  model.closeOthers(request, match, 'client_chose_another');
  leaveInvitation(request);
  request.status = 'chosen';
  request.chosen = partner;
  return 'ok';
}

export function cancel(model: Model, request: ModelRequest): string {
  if (request.status === 'cancelled') return 'ok';
  if (request.status === 'completed') return 'not_possible';
  request.status = 'cancelled';
  model.supersede(request);
  model.closeOthers(request, undefined, 'client_cancelled');
  return 'ok';
}

export function forward(model: Model, request: ModelRequest, partner: string): string {
  if (request.matches.some((match) => match.partner === partner)) return 'ok';
  if (!model.partner(partner).accepting) return 'not_accepting';
  if (request.status !== 'invited' && request.status !== 'unmatched') return 'not_invited';
  model.supersede(request);
  request.status = 'routed';
  request.window += 1;
  request.thirds = 0;
  model.promise(`follow-up ${request.name} ${request.window}`);
  model.addMatch(request, partner, false);
  return 'ok';
}

export function widen(model: Model, request: ModelRequest, country: string | null): string {
  if (request.status !== 'unmatched') return 'not_unmatched';
  request.country = country;
  request.status = 'received';
  request.window += 1;
  model.promise(`match-request ${request.name}`);
  return 'ok';
}

export type To = 'in_progress' | 'won' | 'lost' | 'new';

export function move(
  model: Model,
  request: ModelRequest,
  match: ModelMatch,
  to: To,
  reason: string | undefined,
): string {
  const from = match.stands;
  if (from === 'unopened' || from === 'dropped') return 'no_such_deal';
  if (from === to) {
    const kept = BY_SYSTEM.includes(match.reason ?? '') ? match.reason : (reason ?? match.reason);
    model.put(match, to, to === 'lost' ? kept : null);
    return 'ok';
  }
  if (to === 'won' && request.status === 'completed') return 'already_completed';
  if (from === 'won' || from === 'lost') {
    if (to !== 'in_progress') return 'not_possible';
    return reopen(model, request, match);
  }
  if (to === 'new') return 'not_possible';
  model.put(match, to, to === 'lost' ? (reason ?? 'other') : null);
  if (to === 'lost') model.afterClosing(request);
  else if (to === 'won') win(model, request, match);
  else answer(model, request, match);
  return 'ok';
}

function answer(model: Model, request: ModelRequest, match: ModelMatch): void {
  match.answered = true;
  leaveInvitation(request);
  if (request.status !== 'chosen') request.status = 'answered';
  model.supersede(request);
}

function win(model: Model, request: ModelRequest, match: ModelMatch): void {
  match.answered = true;
  model.supersede(request);
  model.promise(`request-feedback ${request.name}/${match.partner}`);
  model.promise(`recompute-ranks ${match.partner}`);
  model.closeOthers(request, match, 'client_chose_another');
  leaveInvitation(request);
  request.status = 'completed';
}

function reopen(model: Model, request: ModelRequest, match: ModelMatch): string {
  if (request.status === 'cancelled' || match.reason === 'client_cancelled') return 'client_cancelled';
  const anotherWon = request.status === 'completed' && match.stands !== 'won';
  const another = request.chosen !== null && request.chosen !== match.partner;
  if (anotherWon || another || match.reason === 'client_chose_another') return 'client_chose_another';
  if (match.refilled) return 'place_refilled';
  const won = match.stands === 'won';
  model.put(match, 'in_progress');
  if (won) {
    request.status = request.chosen === match.partner ? 'chosen' : 'answered';
    model.promise(`recompute-ranks ${match.partner}`);
  } else {
    answer(model, request, match);
  }
  return 'ok';
}

/** Nobody moved this deal for LEAD_EXPIRY. */
export function expire(model: Model, request: ModelRequest, match: ModelMatch): void {
  if (match.stands !== 'new' && match.stands !== 'in_progress') return;
  model.put(match, 'lost', 'expired');
  model.afterClosing(request);
}
