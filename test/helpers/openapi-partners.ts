import { feedbackToken } from './admin-deals.ts';
import { type Caller, newCaller, type SeenBoard, stageOf, takeLeads, UNKNOWN } from './board-api.ts';
import { type Accepted, mailsTo } from './http-requests.ts';
import type { Conversation } from './openapi-conversation.ts';
import { requestBody } from './requests.ts';
import { until } from './until.ts';

const EMAIL = 'studio@example.com';

/** A partner: signs in by mail, and out again. */
export async function signIn({ ask, api }: Conversation): Promise<Caller> {
  const partner = await newCaller(api, { email: EMAIL });
  await ask('askToSignIn', 202, { json: { email: EMAIL } });
  await ask('askToSignIn', 422, { json: { email: 'nobody' } });
  const [mail] = await until(async () => {
    await api.deliver();
    const mails = await mailsTo(api, EMAIL);
    return mails.length > 0 ? mails : undefined;
  });
  const [, link = ''] = /\/sign-in\/([\w-]{43})\b/.exec(mail?.text ?? '') ?? [];
  const { token } = await ask<{ token: string }>('startSession', 201, { json: { token: link } });
  await ask('startSession', 401, { json: { token: link } });
  await ask('startSession', 422, { json: { token: '' } });
  await ask('getProfile', 200, { token });
  await ask('endSession', 204, { token });
  await ask('endSession', 401);
  await ask('getProfile', 401, { token });
  return partner;
}

/** A partner: looks after its profile and boards. */
export async function settle({ ask, api }: Conversation, { id, token }: Caller): Promise<void> {
  await ask('changeProfile', 200, { token, json: { capacity: 5, notifications: { leadClosed: false } } });
  await ask('changeProfile', 422, { token, json: { tier: 'gold' } });
  await ask('changeProfile', 415, { token, body: 'x', headers: { 'content-type': 'text/plain' } });
  await ask('getRank', 200, { token, headers: { 'accept-language': 'pt' } });
  await ask('getRank', 401, { token: 'terna_nobody' });

  const [lead] = await takeLeads(api, id);
  const { data } = await ask<{ data: SeenBoard[] }>('listPipelines', 200, { token });
  const [first] = data;
  const second = await ask<SeenBoard>('createPipeline', 201, { token, json: { name: 'Referrals' } });
  await ask('createPipeline', 422, { token, json: { name: 'Bad', stages: [] } });
  await ask('listPipelines', 401, {});
  await ask('getPipeline', 200, { token, at: second.id });
  await ask('getPipeline', 404, { token, at: UNKNOWN });
  await ask('changePipeline', 200, { token, at: second.id, json: { name: 'Friends', position: 0 } });
  await ask('changePipeline', 404, { token, at: UNKNOWN, json: {} });
  await ask('changePipeline', 409, { token, at: second.id, json: { stages: [] } });
  await ask('changePipeline', 422, { token, at: second.id, json: { stages: [{ id: UNKNOWN }] } });
  await ask('deletePipeline', 409, { token, at: first?.id ?? '' });
  await ask('deletePipeline', 422, { token, at: first?.id ?? '', query: { target: UNKNOWN } });
  await ask('deletePipeline', 404, { token, at: UNKNOWN });
  await ask('deletePipeline', 204, { token, at: first?.id ?? '', query: { target: second.id } });
  await api.db.query(
    `insert into pipelines (id, partner_id, name, position)
     select gen_random_uuid(), $1, 'Board ' || n, n from generate_series(1, 49) as n`,
    [id],
  );
  await ask('createPipeline', 409, { token, json: { name: 'One too many' } });
  const stageId = stageOf(second, 'in_progress')?.id;
  await ask('moveDeal', 200, { token, at: lead ?? '', json: { stageId } });
}

/** A partner wins a request that was sent to it alone. @returns the feedback token of its client */
export async function win({ ask, api }: Conversation, { id, token }: Caller): Promise<string> {
  const client = { name: 'Rui Lima', email: 'rui@example.com', company: 'Oficina Lima' };
  const json = requestBody({ client, criteria: undefined, partnerId: id });
  const request = await ask<Accepted>('createRequest', 202, { json });
  await api.deliver();
  const query = { stage: 'new', limit: '1' };
  const { data } = await ask<{ data: { id: string }[] }>('listDeals', 200, { token, query });
  const deal = { token, at: data[0]?.id ?? '' };
  await ask('listDeals', 422, { token, query: { stage: 'old' } });
  await ask('getDeal', 200, deal);
  await ask('getDeal', 404, { token, at: UNKNOWN });
  await ask('addDealNote', 201, { ...deal, json: { text: 'Called Rui.' } });
  await ask('addDealNote', 422, { ...deal, json: { text: ' ' } });
  await ask('addDealNote', 404, { token, at: UNKNOWN, json: { text: 'Nobody' } });
  await ask('moveDeal', 404, { token, at: UNKNOWN, json: { stage: 'won' } });
  await ask('moveDeal', 400, { ...deal, json: { stage: 'won' }, headers: { 'if-match': 'x' } });
  await ask('moveDeal', 412, { ...deal, json: { stage: 'won' }, headers: { 'if-match': '"9"' } });
  await ask('moveDeal', 422, { ...deal, json: { stageId: UNKNOWN } });
  await ask('moveDeal', 200, { ...deal, json: { stage: 'won' }, headers: { 'if-match': '"1"' } });
  await ask('moveDeal', 409, { ...deal, json: { stage: 'lost' } });
  await ask('cancelRequest', 409, { at: request.id, token: request.accessToken });
  await api.deliver();
  const mails = await mailsTo(api, client.email);
  const text = mails.find(({ template }) => template === 'feedback-request')?.text ?? '';
  return /\/feedback\/([\w-]{43})\b/.exec(text)?.[1] ?? '';
}

/** A client reviews, the partner replies. @returns the review's id */
export async function review(
  { ask, api }: Conversation,
  { id: partnerId, token }: Caller,
  feedback: string,
): Promise<string> {
  const json = { rating: 5, comment: 'On time.' };
  await ask('writeReview', 404, { token: await feedbackToken(api.db, UNKNOWN), json });
  await ask('writeReview', 401, { token: 'nobody', json });
  await ask('writeReview', 422, { token: feedback, json: { rating: 6 } });
  const { id } = await ask<{ id: string }>('writeReview', 201, { token: feedback, json });
  await ask('writeReview', 409, { token: feedback, json });
  await ask('replyToReview', 422, { at: id, token, json: { text: '' } });
  await ask('replyToReview', 404, { at: UNKNOWN, token, json: { text: 'Thanks' } });
  await ask('replyToReview', 200, { at: id, token, json: { text: 'Thanks' } });
  await ask('replyToReview', 409, { at: id, token, json: { text: 'Thanks again' } });
  await ask('listPartnerReviews', 200, { at: partnerId });
  return id;
}
