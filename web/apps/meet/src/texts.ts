/** Words of the landing page; those of the call are in `@stoa/prebuilt`. */
export const texts = {
  title: 'Join a room',
  code: 'Room code or link',
  hint: 'It is in the invitation you got.',
  wrong: 'This is neither a room code nor a link to a room.',
  go: 'Continue',
};
