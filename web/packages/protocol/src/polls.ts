import { finite, flag, type Infer, list, object, oneOf, text } from './check.js';

const questionType = oneOf('single-choice', 'multiple-choice', 'short-answer', 'long-answer');

/** A poll without its questions. Times are Unix epoch ms, `duration` seconds. */
export const pollInfo = object(
  { poll_id: text, title: text, type: oneOf('poll', 'quiz'), state: oneOf('created', 'started', 'stopped') },
  {
    mode: text,
    duration: finite,
    anonymous: flag,
    visibility: flag,
    locked: flag,
    vote: list(text),
    responses: list(text),
    created_by: text,
    started_by: text,
    stopped_by: text,
    created_at: finite,
    started_at: finite,
    stopped_at: finite,
    questions_count: finite,
  },
);
export type WirePoll = Infer<typeof pollInfo>;

/** `option` for a single choice, `options` for several; nothing of them while it is hidden. */
export const pollAnswer = object(
  { hidden: flag },
  { option: finite, options: list(finite), text, case: flag, trim: flag },
);

export const pollQuestion = object(
  {
    question: object(
      { index: finite, text, type: questionType },
      {
        skippable: flag,
        duration: finite,
        once: flag,
        weight: finite,
        negative: flag,
        answer_min_len: finite,
        answer_max_len: finite,
      },
    ),
  },
  { options: list(object({ index: finite, text }, { weight: finite })), answer: pollAnswer },
);
export type WirePollQuestion = Infer<typeof pollQuestion>;

export const pollTally = object(
  { poll_id: text, max_user: finite, user_count: finite, total_response: finite },
  {
    questions: list(
      object(
        { question: finite, type: questionType },
        { options: list(finite), correct: finite, skipped: finite, total: finite },
      ),
    ),
  },
);
export type WirePollTally = Infer<typeof pollTally>;

const voter = object({}, { hash: text, peerid: text, userid: text, username: text });

export const pollResponses = object(
  { poll_id: text },
  {
    last: flag,
    responses: list(
      object(
        {
          response: object(
            { response_id: text, question: finite },
            { type: questionType, option: finite, options: list(finite), text, skipped: flag, update: flag },
          ),
          peer: voter,
        },
        { final: flag },
      ),
    ),
  },
);

export const pollRanking = object({
  poll_id: text,
  total_users: finite,
  voted_users: finite,
  correct_users: finite,
  avg_time: finite,
  avg_score: finite,
  last: flag,
  questions: list(
    object({
      position: finite,
      score: finite,
      total_responses: finite,
      correct_responses: finite,
      duration: finite,
      peer: voter,
    }),
  ),
});
export type WirePollRanking = Infer<typeof pollRanking>;

const byId = object({ poll_id: text });

/** Requests about polls, by method: the check of their `params`. */
export const pollRequests = {
  'poll-info-set': object(
    { title: text, type: oneOf('poll', 'quiz') },
    {
      poll_id: text,
      mode: text,
      duration: finite,
      anonymous: flag,
      visibility: flag,
      vote: list(text),
      responses: list(text),
    },
  ),
  'poll-info-get': byId,
  'poll-questions-set': object({ poll_id: text, questions: list(pollQuestion) }),
  'poll-questions-get': object({ poll_id: text, index: finite, count: finite }),
  'poll-start': byId,
  'poll-stop': byId,
  'poll-response': object({
    poll_id: text,
    responses: list(
      object(
        { question: finite },
        {
          type: questionType,
          option: finite,
          options: list(finite),
          text,
          skipped: flag,
          update: flag,
          duration: finite,
        },
      ),
    ),
  }),
  'poll-responses': object({ poll_id: text, index: finite, count: finite, self: flag }),
  'poll-list': object({ count: finite }, { state: oneOf('created', 'started', 'stopped'), start: text }),
  'poll-result': byId,
  'poll-leaderboard': object({ poll_id: text, count: finite, offset: finite }, { question: finite }),
};

const switched = object({ poll_id: text }, { duration: finite });

/** The checks of `result` of requests about polls. */
export const pollResults = {
  'poll-info-set': byId,
  'poll-info-get': pollInfo,
  'poll-questions-set': object({ poll_id: text, total_questions: finite }),
  'poll-questions-get': object({ poll_id: text, questions: list(pollQuestion) }, { last: flag }),
  'poll-start': switched,
  'poll-stop': switched,
  'poll-response': object({
    poll_id: text,
    result: list(
      object({ question: finite }, { correct: flag, error: object({ code: finite }, { message: text }) }),
    ),
  }),
  'poll-responses': pollResponses,
  'poll-list': object({ polls: list(pollInfo) }, { last: text }),
  'poll-result': pollTally,
  'poll-leaderboard': pollRanking,
};
