import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import { getJson, makeRoomOf, stage, type TestRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { until } from '../harness/until.js';

/** A quiz and a poll between two people with the official SDK; guests vote, hosts ask. */
const server = inject('server');
let browser: TestBrowser;
let room: TestRoom;
let asha: SdkPerson;
let ravi: SdkPerson;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  room = await makeRoomOf(server, stage('vp8', {}, {}));
  const page = `${inject('pages')}/official`;
  asha = await SdkPerson.open('Asha', await browser.page('Asha'), page, server.url);
  ravi = await SdkPerson.open('Ravi', await browser.page('Ravi'), page, server.url);
  await asha.join(room.codes.host);
  await ravi.join(room.codes.guest);
  await asha.meets('Ravi');
});

afterAll(async () => {
  await browser.close();
  expect(browser.errors()).toEqual([]);
});

const pollOf = (person: SdkPerson, id: string) =>
  person.page.evaluate((poll) => window.official.poll(poll), id);

test('a quiz is made, launched, answered, stopped and ranked', async () => {
  await asha.page.evaluate(() =>
    window.official.createPoll({
      id: 'quiz-1',
      title: 'Capitals',
      type: 'quiz' as never,
      rolesThatCanVote: ['guest'],
      questions: [
        {
          text: 'Of Italy?',
          type: 'single-choice' as never,
          weight: 10,
          options: [{ text: 'Oslo' }, { text: 'Rome', isCorrectAnswer: true }],
        },
        {
          text: 'On the Rhine?',
          type: 'multiple-choice' as never,
          weight: 5,
          options: [
            { text: 'Bonn', isCorrectAnswer: true },
            { text: 'Paris' },
            { text: 'Basel', isCorrectAnswer: true },
          ],
        },
      ],
    }),
  );
  expect(await pollOf(ravi, 'quiz-1')).toBeNull();

  await asha.page.evaluate(() => window.official.startPoll('quiz-1'));
  await until(async () => (await pollOf(ravi, 'quiz-1'))?.state === 'started', {
    what: 'Ravi sees the quiz',
  });
  expect((await pollOf(ravi, 'quiz-1'))?.questions?.map((question) => question.text)).toEqual([
    'Of Italy?',
    'On the Rhine?',
  ]);

  await ravi.page.evaluate(() =>
    window.official.vote('quiz-1', [
      { questionIndex: 1, option: 2, duration: 20 },
      { questionIndex: 2, options: [3, 1], duration: 30 },
    ]),
  );
  await until(async () => (await pollOf(asha, 'quiz-1'))?.questions?.[1]?.options?.[2]?.voteCount === 1, {
    what: 'Asha sees the votes',
    otherwise: () => pollOf(asha, 'quiz-1'),
  });
  await expect(
    asha.page.evaluate(() => window.official.vote('quiz-1', [{ questionIndex: 1, option: 1 }])),
  ).rejects.toThrow(/may not vote/);
  await expect(ravi.page.evaluate(() => window.official.stopPoll('quiz-1'))).rejects.toThrow(/pollWrite/);

  await asha.page.evaluate(() => window.official.stopPoll('quiz-1'));
  const over = async () => {
    const poll = await pollOf(ravi, 'quiz-1');
    // Counts come while it runs, too; the SDK asks for no leaderboard before it has heard of the end.
    return poll?.state === 'stopped' && poll.result?.totalResponses === 2;
  };
  await until(over, { what: 'Ravi has the result', otherwise: () => pollOf(ravi, 'quiz-1') });
  const board = await ravi.page.evaluate(() => window.official.leaderboard('quiz-1'));
  expect(board.hasNext).toBe(false);
  expect(board.summary).toMatchObject({ votedUsers: 1, totalUsers: 2, correctUsers: 1, avgScore: 15 });
  expect(board.entries).toHaveLength(1);
  expect(board.entries[0]).toMatchObject({
    position: 1,
    score: 15,
    correctResponses: 2,
    duration: 50,
    peer: { username: 'Ravi' },
  });
});

test('the answers can be read by REST', async () => {
  const { results } = await getJson<{ results: { score: number }[] }>(server, '/v2/polls/quiz-1/results');
  expect(results.map((result) => result.score).sort()).toEqual([10, 5].sort());
});

test('a draft is hidden from who may only vote, and a finished poll is listed', async () => {
  await asha.page.evaluate(() =>
    window.official.createPoll({
      id: 'poll-2',
      title: 'Lunch',
      type: 'poll' as never,
      questions: [
        { text: 'What?', type: 'single-choice' as never, options: [{ text: 'Soup' }, { text: 'Bread' }] },
      ],
    }),
  );
  const ids = (person: SdkPerson) =>
    person.page.evaluate(async () => (await window.official.getPolls()).map((poll) => poll.id).sort());
  expect(await ids(asha)).toEqual(['poll-2', 'quiz-1']);
  expect(await ids(ravi)).toEqual([]);

  await asha.page.evaluate(() => window.official.startPoll('poll-2'));
  await until(async () => (await pollOf(ravi, 'poll-2'))?.state === 'started', {
    what: 'Ravi sees the poll',
  });
  await ravi.page.evaluate(() => window.official.vote('poll-2', [{ questionIndex: 1, option: 1 }]));
  await ravi.page.evaluate(() => window.official.vote('poll-2', [{ questionIndex: 1, option: 2 }]));
  await until(async () => (await pollOf(asha, 'poll-2'))?.questions?.[0]?.options?.[1]?.voteCount === 1, {
    what: 'the changed vote counts once',
  });
  await asha.page.evaluate(() => window.official.getResponses('poll-2'));
  expect((await pollOf(asha, 'poll-2'))?.questions?.[0]?.responses?.map(({ option }) => option)).toEqual([2]);
});

test('with our own SDK a quiz is made, answered, stopped and ranked', async () => {
  const page = `${inject('pages')}/stoa`;
  const tara = await SdkPerson.open('Tara', await browser.page('Tara'), page, server.url);
  const omar = await SdkPerson.open('Omar', await browser.page('Omar'), page, server.url);
  const own = await makeRoomOf(server, stage('vp8', {}, {}));
  await tara.join(own.codes.host);
  await omar.join(own.codes.guest);
  await tara.meets('Omar');

  const made = await tara.page.evaluate(() =>
    window.stoaPolls.use().create({
      title: 'Capitals',
      type: 'quiz',
      voters: ['guest'],
      questions: [
        {
          text: 'Of Italy?',
          type: 'single-choice',
          options: ['Oslo', 'Rome'],
          answer: { options: [2] },
          weight: 10,
        },
      ],
    }),
  );
  if (!made.ok) throw new Error(made.failure.message);
  const known = (person: SdkPerson) => person.page.evaluate((id) => window.stoaPolls.known(id), made.value);
  expect(await tara.page.evaluate((id) => window.stoaPolls.use().start(id), made.value)).toMatchObject({
    ok: true,
  });
  await until(async () => (await known(omar))?.state === 'started', { what: 'Omar sees the quiz' });

  const voted = await omar.page.evaluate(async (id) => {
    const polls = window.stoaPolls.use();
    await polls.loadQuestions(id);
    return polls.vote(id, [{ question: 1, options: [2], durationMs: 20 }]);
  }, made.value);
  expect(voted).toMatchObject({ ok: true });
  expect((await known(omar))?.questions?.[0]?.options).toEqual(['Oslo', 'Rome']);
  await until(async () => (await known(tara))?.tally?.questions[0]?.votes[1] === 1, {
    what: 'Tara sees the vote',
    otherwise: () => known(tara),
  });
  expect(await omar.page.evaluate((id) => window.stoaPolls.use().stop(id), made.value)).toMatchObject({
    ok: false,
    failure: { code: 'forbidden' },
  });

  expect(await tara.page.evaluate((id) => window.stoaPolls.use().stop(id), made.value)).toMatchObject({
    ok: true,
  });
  await until(async () => (await known(omar))?.state === 'stopped', { what: 'Omar sees the end' });
  expect(await omar.page.evaluate((id) => window.stoaPolls.use().leaderboard(id), made.value)).toMatchObject({
    ok: true,
    value: { voters: 1, correctVoters: 1, entries: [{ position: 1, score: 10, name: 'Omar' }] },
  });
});
