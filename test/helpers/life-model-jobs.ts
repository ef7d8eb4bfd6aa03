import type { Model, ModelMatch, ModelRequest } from './life-model.ts';

/** What a delivered job does in the model. `picked` says whom the system drew for a request: luck is not modelled. */
export function perform(model: Model, job: string, picked: (request: string) => string[]): void {
  model.done(job);
  const [name = '', subject = '', ...rest] = job.split(' ');
  const [requestName = '', partner = ''] = subject.split('/');
  if (name === 'recompute-ranks' || name === 'expire') return;
  const request = model.request(requestName);
  if (name === 'match-request') matchRequest(model, request, picked);
  else if (name === 'follow-up') followUp(model, request, Number(rest[0]));
  else if (name === 'send-email') sendEmail(model, request, [subject, ...rest]);
  else if (name === 'create-deal') createDeal(model, request, matchWith(request, partner));
  else if (name === 'request-feedback' && matchWith(request, partner).stands === 'won') {
    model.mail(request, `feedback-request/${subject}`, 'client', 0);
  }
}

function matchWith(request: ModelRequest, partner: string): ModelMatch {
  const found = request.matches.find((match) => match.partner === partner);
  if (!found) throw new Error(`${request.name} was not sent to ${partner}`);
  return found;
}

function matchRequest(model: Model, request: ModelRequest, picked: (request: string) => string[]): void {
  const first = request.status === 'received';
  const manual = first && request.mode === 'manual';
  const due = manual ? 1 : model.due(request);
  if (due === 0) return;
  const wouldDo = manual ? [request.partner] : eligible(model, request);
  const refused = model.refused(request);
  const chosen = picked(request.name);
  const wrong = chosen.filter((partner) => !wouldDo.includes(partner));
  if (wrong.length > 0) throw new Error(`${request.name} went to ${wrong}, who were not eligible`);
  if (chosen.length > due) throw new Error(`${request.name} went to ${chosen}, more than ${due}`);
  for (const partner of chosen) model.addMatch(request, partner, !manual);
  if (chosen.length < due) model.shortOf.push({ request: request.name, wouldDo });
  if (first) firstRoute(model, request, chosen.length);
  else if (chosen.length > 0) {
    for (const match of refused.slice(0, chosen.length)) match.refilled = true;
    request.replacements += chosen.length;
  } else if (
    model.due(request) > 0 &&
    request.matches.every(({ stands }) => stands === 'lost' || stands === 'dropped')
  ) {
    model.invite(request);
  }
}

/** Who was passed over though there was room for one more lead. Call it after every delivery. */
export function passedOver(model: Model): string[] {
  return model.shortOf.splice(0).flatMap(({ request, wouldDo }) => {
    const asked = model.request(request).matches.map(({ partner }) => partner);
    return wouldDo
      .filter(
        (partner): partner is string => partner !== null && !asked.includes(partner) && !full(model, partner),
      )
      .map((partner) => `${request} passed over ${partner}`);
  });
}

function full(model: Model, name: string): boolean {
  const { capacity } = model.partner(name);
  return capacity !== null && model.leads(name) >= capacity;
}

/** Who may be drawn, before others of the same delivery take places. */
function eligible(model: Model, request: ModelRequest): string[] {
  return model.partners
    .filter(
      ({ accepting, country }) => accepting && (request.country === null || request.country === country),
    )
    .map(({ name }) => name)
    .filter((name) => !full(model, name) && !request.matches.some(({ partner }) => partner === name));
}

function firstRoute(model: Model, request: ModelRequest, partners: number): void {
  request.status = partners > 0 ? 'routed' : 'unmatched';
  model.mail(request, partners > 0 ? 'request-routed' : 'request-unmatched');
  if (partners === 0) return;
  request.thirds = 0;
  model.promise(`follow-up ${request.name} ${request.window}`);
}

function createDeal(model: Model, request: ModelRequest, match: ModelMatch): void {
  if (match.stands !== 'unopened') return;
  model.put(match, 'new');
  model.mail(request, 'lead-new', match.partner);
}

function followUp(model: Model, request: ModelRequest, window: number): void {
  if (request.status !== 'routed' || request.window !== window) return;
  if (request.thirds === 3) {
    model.invite(request);
    return;
  }
  for (const { stands, partner } of request.matches) {
    const nudge = `lead-nudge-${request.thirds === 2 ? 2 : 1}`;
    if (stands === 'new' && model.partner(partner).wantsNudges) model.mail(request, nudge, partner);
  }
  model.promise(`follow-up ${request.name} ${window}`);
}

/** An invitation or nudge that time has overtaken is not sent, whoever had begun to. */
function sendEmail(model: Model, request: ModelRequest, words: string[]): void {
  const key = words.join(' ');
  const [, purpose = '', window = '', to = ''] = words;
  const nudge = purpose.startsWith('lead-nudge');
  const silent = nudge && matchWith(request, to).stands === 'new';
  const wanted = nudge
    ? silent && request.status === 'routed'
    : purpose !== 'invitation' || request.status === 'invited';
  const outdated = (nudge || purpose === 'invitation') && Number(window) !== request.window;
  if (model.mails.get(key) === 'superseded') return;
  model.mails.set(key, wanted && !outdated ? 'sent' : 'superseded');
}
