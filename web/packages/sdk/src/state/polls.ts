import type { WirePoll, WirePollQuestion, WirePollTally } from '@stoa/protocol';
import type { Poll, PollQuestion, PollTally, StoaState } from './state.js';

export const readPoll = (wire: WirePoll): Poll => ({
  id: wire.poll_id,
  title: wire.title,
  type: wire.type,
  state: wire.state,
  anonymous: wire.anonymous ?? false,
  durationSeconds: wire.duration ?? 0,
  voters: wire.vote ?? [],
  viewers: wire.responses ?? [],
  createdBy: wire.created_by,
  startedAt: wire.started_at,
  stoppedAt: wire.stopped_at,
  questions: undefined,
  tally: undefined,
});

export const readQuestion = ({ question, options, answer }: WirePollQuestion): PollQuestion => ({
  index: question.index,
  text: question.text,
  type: question.type,
  skippable: question.skippable ?? true,
  weight: question.weight ?? 1,
  options: (options ?? []).map((option) => option.text),
  correctOptions: answer?.options ?? (answer?.option === undefined ? [] : [answer.option]),
  correctText: answer?.text,
});

export const readTally = (wire: WirePollTally): PollTally => ({
  pollId: wire.poll_id,
  voters: wire.user_count,
  responses: wire.total_response,
  questions: (wire.questions ?? []).map(({ question, options, correct, skipped, total }) => ({
    question,
    votes: options ?? [],
    correct,
    skipped: skipped ?? 0,
    total: total ?? 0,
  })),
});

/** Questions and counts stay: the server does not repeat them. */
export function withPoll(state: StoaState, poll: Poll): StoaState {
  const old = state.polls[poll.id];
  const { questions = poll.questions, tally = poll.tally } = old ?? {};
  return { ...state, polls: { ...state.polls, [poll.id]: { ...poll, questions, tally } } };
}

export function withQuestions(state: StoaState, id: string, questions: readonly PollQuestion[]): StoaState {
  const poll = state.polls[id];
  return poll === undefined ? state : { ...state, polls: { ...state.polls, [id]: { ...poll, questions } } };
}

/** Counts of a poll that nobody has heard of are of no use. */
export function withTally(state: StoaState, tally: PollTally): StoaState {
  const poll = state.polls[tally.pollId];
  return poll === undefined
    ? state
    : { ...state, polls: { ...state.polls, [tally.pollId]: { ...poll, tally } } };
}
