import type { Notification } from '@stoa/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PollDraft } from '../src/api.js';
import { createPolls } from '../src/polls.js';
import type { Session } from '../src/session/session.js';
import type { Event } from '../src/state/events.js';
import { reduce } from '../src/state/reduce.js';
import { initialState } from '../src/state/state.js';
import { createStore } from '../src/state/store.js';

type Answer = { ok: true; value: unknown } | { ok: false; code: number; message: string };

/** A room that answers as it is told to, and remembers what it was asked. */
class ScriptedRoom {
  readonly asked: [string, unknown][] = [];
  readonly answers = new Map<string, Answer>();
  joined = true;

  answer(method: string, value: unknown = {}): void {
    this.answers.set(method, { ok: true, value });
  }

  refuse(method: string, code: number): void {
    this.answers.set(method, { ok: false, code, message: `no ${method}` });
  }

  request(method: string, params: unknown): Promise<Answer> {
    this.asked.push([method, params]);
    return Promise.resolve(this.answers.get(method) ?? { ok: false, code: 500, message: 'not expected' });
  }
}

const WIRE = {
  poll_id: 'p1',
  title: 'Lunch',
  type: 'poll' as const,
  state: 'started' as const,
  created_by: 'a',
  started_at: 7,
};

let room: ScriptedRoom;
const store = () => createStore<Event>(initialState, reduce);
let state: ReturnType<typeof store>;
let polls: ReturnType<typeof createPolls>;

beforeEach(() => {
  room = new ScriptedRoom();
  state = store();
  polls = createPolls(state, () => room as unknown as Session);
});

const told = (method: Notification['method'], params: unknown): void =>
  state.dispatch({ type: 'notification', notification: { method, params } as Notification });

describe('a poll', () => {
  it('is made of its settings, then its questions, numbered from 1', async () => {
    room.answer('poll-info-set', { poll_id: 'p1' });
    room.answer('poll-questions-set');

    const made = await polls.create({
      title: 'Capitals',
      type: 'quiz',
      durationSeconds: 30,
      voters: ['guest'],
      questions: [
        {
          text: 'Of Italy?',
          type: 'single-choice',
          options: ['Oslo', 'Rome'],
          answer: { options: [2] },
          weight: 5,
        },
        { text: 'Why?', type: 'short-answer', answer: { text: 'because', trim: true } },
      ],
    });

    expect(made).toEqual({ ok: true, value: 'p1' });
    expect(room.asked).toEqual([
      ['poll-info-set', { title: 'Capitals', type: 'quiz', duration: 30, vote: ['guest'] }],
      [
        'poll-questions-set',
        {
          poll_id: 'p1',
          questions: [
            {
              question: { index: 1, text: 'Of Italy?', type: 'single-choice', weight: 5 },
              options: [
                { index: 1, text: 'Oslo' },
                { index: 2, text: 'Rome' },
              ],
              answer: { hidden: false, options: [2] },
            },
            {
              question: { index: 2, text: 'Why?', type: 'short-answer' },
              answer: { hidden: false, text: 'because', case: false, trim: true },
            },
          ],
        },
      ],
    ]);
  });

  it('is not given questions when its settings were refused', async () => {
    room.refuse('poll-info-set', 403);
    const draft: PollDraft = { title: 'x', type: 'poll', questions: [] };

    expect(await polls.create(draft)).toMatchObject({ ok: false, failure: { code: 'forbidden' } });
    expect(room.asked).toHaveLength(1);
  });

  it('is started, voted in and stopped', async () => {
    for (const method of ['poll-start', 'poll-response', 'poll-stop']) room.answer(method);

    expect(await polls.start('p1')).toEqual({ ok: true, value: undefined });
    expect(await polls.vote('p1', [{ question: 1, options: [2] }])).toEqual({ ok: true, value: undefined });
    expect(await polls.stop('p1')).toEqual({ ok: true, value: undefined });

    expect(room.asked).toEqual([
      ['poll-start', { poll_id: 'p1' }],
      ['poll-response', { poll_id: 'p1', responses: [{ question: 1, duration: 0, options: [2] }] }],
      ['poll-stop', { poll_id: 'p1' }],
    ]);
  });

  it('needs a room', async () => {
    room.joined = false;

    expect(await polls.start('p1')).toMatchObject({ ok: false, failure: { code: 'not-connected' } });
    expect(room.asked).toEqual([]);
  });
});

describe('what is known of polls', () => {
  it('grows by notifications, questions and counts, and is not lost to the end', async () => {
    told('on-poll-start', { polls: [WIRE] });
    room.answer('poll-questions-get', {
      questions: [
        {
          question: { index: 1, text: 'What?', type: 'single-choice' },
          options: [{ index: 1, text: 'Soup' }],
        },
      ],
    });
    expect(await polls.loadQuestions('p1')).toEqual({ ok: true, value: undefined });
    told('on-poll-stats', {
      polls: [
        { poll_id: 'p1', user_count: 1, total_response: 1, questions: [{ question: 1, options: [1] }] },
      ],
    });
    told('on-poll-stop', { polls: [{ ...WIRE, state: 'stopped', stopped_at: 9 }] });

    expect(state.get().polls.p1).toMatchObject({
      state: 'stopped',
      stoppedAt: 9,
      questions: [{ index: 1, text: 'What?', options: ['Soup'], skippable: true, weight: 1 }],
      tally: { voters: 1, responses: 1, questions: [{ question: 1, votes: [1], skipped: 0 }] },
    });
  });

  it('comes from a list, too', async () => {
    room.answer('poll-list', { polls: [WIRE] });

    const listed = await polls.list('started');

    expect(listed).toMatchObject({ ok: true, value: [{ id: 'p1', title: 'Lunch', anonymous: false }] });
    expect(Object.keys(state.get().polls)).toEqual(['p1']);
  });

  it('does not hold results of a poll nobody has heard of', async () => {
    room.answer('poll-result', { poll_id: 'p9', user_count: 1, total_response: 1 });

    expect(await polls.loadResult('p9')).toEqual({ ok: true, value: undefined });
    expect(state.get().polls).toEqual({});
  });
});

describe('a leaderboard', () => {
  it('says who is where, ten at a time unless asked otherwise', async () => {
    room.answer('poll-leaderboard', {
      total_users: 3,
      voted_users: 2,
      correct_users: 1,
      avg_time: 40,
      avg_score: 5,
      last: true,
      questions: [
        {
          position: 1,
          score: 10,
          total_responses: 2,
          correct_responses: 1,
          duration: 50,
          peer: { userid: 'u', username: 'Ravi' },
        },
      ],
    });

    const board = await polls.leaderboard('p1');

    expect(room.asked).toEqual([['poll-leaderboard', { poll_id: 'p1', offset: 0, count: 10 }]]);
    expect(board).toMatchObject({
      ok: true,
      value: {
        maxUsers: 3,
        voters: 2,
        correctVoters: 1,
        isLast: true,
        entries: [
          { position: 1, score: 10, responses: 2, correct: 1, peerId: '', userId: 'u', name: 'Ravi' },
        ],
      },
    });
  });

  it('is refused while the poll runs', async () => {
    room.refuse('poll-leaderboard', 400);

    expect(await polls.leaderboard('p1')).toMatchObject({
      ok: false,
      failure: { code: 'rejected', status: 400 },
    });
  });
});
