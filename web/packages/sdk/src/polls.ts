import type { WirePollRanking } from '@stoa/protocol';
import { request } from './actions.js';
import type { PollAnswer, PollDraft, Polls, PollVote, Ranking } from './api.js';
import { failed, ok, type RequestFailure, type Result } from './failures.js';
import type { Session } from './session/session.js';
import type { Event } from './state/events.js';
import { readPoll, readQuestion, readTally } from './state/polls.js';
import type { WritableStore } from './state/store.js';

const PAGE = 50;

function answerOf({ hidden = false, options = [], text, caseSensitive, trim }: PollAnswer) {
  return {
    hidden,
    ...(options.length === 0 ? {} : { options }),
    ...(text === undefined ? {} : { text, case: caseSensitive === true, trim: trim === true }),
  };
}

function questionsOf(draft: PollDraft) {
  return draft.questions.map(({ text, type, options, answer, weight, skippable, once, negative }, at) => ({
    question: {
      index: at + 1,
      text,
      type,
      ...(weight === undefined ? {} : { weight }),
      ...(skippable === undefined ? {} : { skippable }),
      ...(once === undefined ? {} : { once }),
      ...(negative === undefined ? {} : { negative }),
    },
    ...(options === undefined
      ? {}
      : { options: options.map((option, index) => ({ index: index + 1, text: option })) }),
    ...(answer === undefined ? {} : { answer: answerOf(answer) }),
  }));
}

const infoOf = ({ title, type, durationSeconds, anonymous, voters, viewers, mode }: PollDraft) => ({
  title,
  type,
  ...(durationSeconds === undefined ? {} : { duration: durationSeconds }),
  ...(anonymous === undefined ? {} : { anonymous }),
  ...(mode === undefined ? {} : { mode }),
  ...(voters === undefined ? {} : { vote: voters }),
  ...(viewers === undefined ? {} : { responses: viewers }),
});

const voteOf = ({ question, options, text, skipped, durationMs = 0 }: PollVote) => ({
  question,
  duration: durationMs,
  ...(options === undefined ? {} : { options }),
  ...(text === undefined ? {} : { text }),
  ...(skipped === undefined ? {} : { skipped }),
});

const rankingOf = (wire: WirePollRanking): Ranking => ({
  maxUsers: wire.total_users,
  voters: wire.voted_users,
  correctVoters: wire.correct_users,
  averageTimeMs: wire.avg_time,
  averageScore: wire.avg_score,
  isLast: wire.last,
  entries: wire.questions.map((entry) => ({
    position: entry.position,
    score: entry.score,
    responses: entry.total_responses,
    correct: entry.correct_responses,
    durationMs: entry.duration,
    peerId: entry.peer.peerid ?? '',
    userId: entry.peer.userid ?? '',
    name: entry.peer.username ?? '',
  })),
});

/** Polls of the room. The server checks the rights. */
export function createPolls(store: WritableStore<Event>, session: () => Session | undefined): Polls {
  const ask: <M extends Parameters<typeof request>[1]>(
    method: M,
    params: Parameters<typeof request<M>>[2],
  ) => ReturnType<typeof request<M>> = (method, params) => request(session(), method, params);

  const done = <T>(result: Result<T, RequestFailure>): Result<void, RequestFailure> =>
    result.ok ? ok(undefined) : failed(result.failure);

  const loadQuestions = async (id: string): Promise<Result<void, RequestFailure>> => {
    const result = await ask('poll-questions-get', { poll_id: id, index: 0, count: PAGE });
    if (!result.ok) return failed(result.failure);
    store.dispatch({ type: 'poll-questions', id, questions: result.value.questions.map(readQuestion) });
    return ok(undefined);
  };

  return {
    async create(draft) {
      const made = await ask('poll-info-set', infoOf(draft));
      if (!made.ok) return failed(made.failure);
      const id = made.value.poll_id;
      const asked = await ask('poll-questions-set', { poll_id: id, questions: questionsOf(draft) });
      return asked.ok ? ok(id) : failed(asked.failure);
    },
    async start(id) {
      return done(await ask('poll-start', { poll_id: id }));
    },
    async stop(id) {
      return done(await ask('poll-stop', { poll_id: id }));
    },
    async vote(id, votes) {
      return done(await ask('poll-response', { poll_id: id, responses: votes.map(voteOf) }));
    },
    async list(state) {
      const result = await ask('poll-list', { count: PAGE, state });
      if (!result.ok) return failed(result.failure);
      const polls = result.value.polls.map(readPoll);
      for (const poll of polls) store.dispatch({ type: 'poll', poll });
      return ok(polls);
    },
    loadQuestions,
    async loadResult(id) {
      const result = await ask('poll-result', { poll_id: id });
      if (!result.ok) return failed(result.failure);
      store.dispatch({ type: 'poll-tally', tally: readTally(result.value) });
      return ok(undefined);
    },
    async leaderboard(id, { offset = 0, count = 10 } = {}) {
      const result = await ask('poll-leaderboard', { poll_id: id, offset, count });
      return result.ok ? ok(rankingOf(result.value)) : failed(result.failure);
    },
  };
}
