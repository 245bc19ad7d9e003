import type { CaptureFailure, JoinFailure, RequestFailure, SessionFailure } from '@stoa/sdk';

export type DeviceTrouble = Readonly<Record<CaptureFailure['code'], string>>;

/** What is told of a microphone or camera that did not open; `Name` starts a sentence, `name` does not. */
const deviceTrouble = (name: string, Name: string): DeviceTrouble => ({
  'permission-denied': `Your browser blocks the ${name}. Allow it with the icon beside the address, then try again.`,
  'device-missing': `No ${name} was found. Plug one in, or join without.`,
  'device-busy': `Another program uses your ${name}. Close it, then try again.`,
  'device-lost': `Your ${name} was unplugged.`,
  unsupported: `This browser cannot use a ${name} here. Open the page over https.`,
  'publish-failed': `${Name} is on, but others do not get it yet. Turn it off and on again.`,
  'capture-failed': `${Name} could not be started.`,
  'not-allowed-by-role': `You may not use a ${name} in this room.`,
});

const screenTrouble: DeviceTrouble = {
  'permission-denied': 'Your system does not let the browser share the screen.',
  'device-missing': 'There is no screen to share.',
  'device-busy': 'The screen could not be captured. Try again.',
  'device-lost': 'The shared window was closed.',
  unsupported: 'This browser cannot share the screen.',
  'publish-failed': 'Others do not get your screen. Stop and share again.',
  'capture-failed': 'The screen could not be shared.',
  'not-allowed-by-role': 'You may not share your screen in this room.',
};

export interface Notice {
  readonly title: string;
  readonly body: string;
}

const joinFailures: Readonly<Record<JoinFailure['code'], Notice>> = {
  'room-code-unknown': {
    title: 'Room not found',
    body: 'No room has this code. Check the link, or ask the person who sent it.',
  },
  'room-inactive': { title: 'This room is closed', body: 'The host has closed it. Ask for a new link.' },
  'token-invalid': {
    title: 'Your invitation is no longer valid',
    body: 'It has expired or was changed. Ask for a new link.',
  },
  refused: { title: 'You cannot join now', body: 'The server did not let you in.' },
  unreachable: {
    title: 'The server does not answer',
    body: 'Check your internet connection, then try again.',
  },
  'negotiation-failed': {
    title: 'No common audio or video',
    body: 'Your browser and the server found no common format. Another browser may help.',
  },
  'unsupported-browser': {
    title: 'This browser cannot make calls',
    body: 'Use a recent Chrome, Edge, Firefox or Safari, and open the page over https.',
  },
  'already-joined': { title: 'You are already in a room', body: 'Leave it first.' },
  cancelled: { title: 'Joining was interrupted', body: 'Try again.' },
};

const sessionFailures: Readonly<Record<SessionFailure['code'], string>> = {
  'signal-lost': 'The connection was lost and could not be restored.',
  'media-lost': 'Sound and picture were lost and could not be restored.',
  'negotiation-failed': 'Your browser and the server found no common format.',
  'ended-by-server': 'The server ended the connection.',
};

const requestFailures: Readonly<Record<RequestFailure['code'], string>> = {
  'not-connected': 'There is no connection. Try again in a moment.',
  forbidden: 'You may not do this.',
  'not-found': 'This is no longer here.',
  rejected: 'The server did not do this.',
};

/** Every word a user sees. A translation is another object of this type, given to `Prebuilt` as `texts`. */
export const en = {
  you: 'You',
  nameAndYou: (name: string) => `${name} (You)`,
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  loading: 'Loading…',
  shortcut: (text: string, key: string) => `${text} (${key})`,

  preview: {
    title: 'Get started',
    hint: 'Check your sound and picture before you join.',
    hintViewer: 'Tell your name, then join to watch and listen.',
    name: 'Your name',
    namePlaceholder: 'Enter your name',
    join: 'Join Now',
    joining: 'Joining…',
    connecting: 'Connecting…',
    ownPicture: 'Your picture',
    cameraOff: 'Camera is off',
    cameraStarting: 'Camera is starting…',
    asRole: (role: string) => `You join as ${role}`,
    nobodyHere: 'Nobody else is here yet',
    othersHere: (count: number) => (count === 1 ? '1 person is here' : `${count} people are here`),
    live: 'LIVE',
  },

  devices: {
    microphone: 'Microphone',
    camera: 'Camera',
    speaker: 'Speaker',
    microphoneMenu: 'Choose microphone and speaker',
    cameraMenu: 'Choose camera',
    mute: 'Mute microphone',
    unmute: 'Unmute microphone',
    startCamera: 'Turn camera on',
    stopCamera: 'Turn camera off',
    level: 'Microphone level',
    systemDefault: 'System default',
    unnamed: (number: number) => `Device ${number}`,
    none: 'None found',
    test: 'Test',
    testing: 'Playing…',
  },

  trouble: {
    microphone: deviceTrouble('microphone', 'Your microphone'),
    camera: deviceTrouble('camera', 'Your camera'),
    screen: screenTrouble,
  },

  joinFailures,
  roomFull: {
    title: 'The room is full',
    body: 'Nobody else can join as this role now. Try again when somebody has left.',
  } satisfies Notice,
  serverSays: (message: string) => `Server: ${message}`,
  sessionFailures,
  requestFailures,

  meeting: {
    controls: 'Call controls',
    stage: 'People in the call',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previousPage: 'Previous page',
    nextPage: 'Next page',
    share: 'Share screen',
    stopShare: 'Stop sharing',
    raiseHand: 'Raise hand',
    lowerHand: 'Lower hand',
    chat: 'Chat',
    chatUnread: (count: number) => (count === 0 ? 'Chat' : `Chat, ${count} unread`),
    people: 'Participants',
    peopleCount: (count: number) => `Participants, ${count}`,
    more: 'More',
    settings: 'Settings',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    reconnecting: 'Connection lost. Reconnecting…',
    connectedAgain: 'Connected again',
    soundBlocked: 'Your browser has blocked the sound.',
    hear: 'Click to hear',
    waiting: 'Waiting for somebody to start',
    waitingHint: 'You will see and hear them as soon as they are here.',
    alone: 'Nobody else is here yet',
    recording: 'Recording',
    streaming: 'Live',
  },

  tile: {
    microphoneOff: 'microphone off',
    handRaised: 'hand raised',
    speaking: 'speaking',
    weak: 'weak connection',
    screenOf: (name: string) => `Screen of ${name}`,
    sharing: 'You are sharing your screen',
  },

  leave: {
    button: 'Leave',
    question: 'Leave the session?',
    questionHint: 'The others stay in the call.',
    confirm: 'Leave Session',
    stay: 'Stay',
    options: 'Leave or end',
    endQuestion: 'End the session for everyone?',
    endHint: 'Everybody leaves the room. This cannot be undone.',
    end: 'End Session',
    left: 'You left the room',
    goodbye: (name: string) => (name === '' ? 'See you next time.' : `See you next time, ${name}.`),
    removed: 'You were removed from the room',
    removedBy: (name: string) => `${name} removed you.`,
    ended: 'The session has ended',
    endedBy: (name: string) => `${name} ended it for everyone.`,
    endedHint: 'It was ended for everyone.',
    reason: (reason: string) => `Reason: ${reason}`,
    failed: 'You were disconnected',
    rejoin: 'Rejoin',
  },

  chat: {
    title: 'Chat',
    messages: 'Messages',
    empty: 'No messages yet. Say hello!',
    message: 'Message',
    placeholder: 'Write a message',
    send: 'Send',
    to: 'To',
    everyone: 'Everyone',
    roles: 'Roles',
    people: 'People',
    toRoles: (roles: string) => `to ${roles}`,
    toMe: 'to you only',
    toPeer: (name: string) => `to ${name} only`,
    gone: 'someone who left',
    server: 'Room',
    newMessages: 'New messages',
    notSent: 'The message was not sent. Try again.',
    mayNot: 'You may not write to them.',
  },

  people: {
    title: 'Participants',
    search: 'Search by name',
    nobodyFound: 'Nobody has this name.',
    handRaised: 'Hand raised',
    actions: (name: string) => `Actions for ${name}`,
    mute: 'Mute microphone',
    askUnmute: 'Ask to unmute microphone',
    muteCamera: 'Turn camera off',
    askCamera: 'Ask to turn camera on',
    lowerHand: 'Lower hand',
    switchRole: 'Switch Role',
    remove: 'Remove Participant',
    removeQuestion: (name: string) => `Remove ${name}?`,
    removeHint: 'They can come back with their link.',
    removeConfirm: 'Remove',
    microphoneOn: 'microphone on',
    microphoneOff: 'microphone off',
    cameraOn: 'camera on',
    cameraOff: 'camera off',
  },

  settings: {
    title: 'Settings',
    name: 'Your name',
    saveName: 'Save',
    devices: 'Devices',
    appearance: 'Appearance',
    theme: 'Colours',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    layout: 'Layout',
    mirror: 'Mirror my own picture',
    tiles: 'Tiles per page',
    keys: 'Keyboard',
    keyList: [
      ['M', 'Microphone on or off'],
      ['V', 'Camera on or off'],
      ['C', 'Open or close the chat'],
      ['P', 'Open or close the participants'],
      ['H', 'Raise or lower your hand'],
      ['Esc', 'Close the panel'],
    ] as readonly (readonly [string, string])[],
  },

  requests: {
    unmuteMicrophone: (who: string) => `${who} asks you to unmute your microphone`,
    unmuteCamera: (who: string) => `${who} asks you to turn on your camera`,
    somebody: 'The host',
    accept: 'Accept',
    decline: 'Decline',
    notNow: 'Not now',
    role: (who: string, role: string) => `${who} invites you to become ${role}`,
    roleHint: 'Your microphone and camera stay as they are.',
  },

  toasts: {
    region: 'Notifications',
    joined: (name: string, others: number) =>
      others === 0 ? `${name} joined` : `${name} and ${others} more joined`,
    left: (name: string, others: number) =>
      others === 0 ? `${name} left` : `${name} and ${others} more left`,
    message: (name: string, text: string) => `${name}: ${text}`,
    hand: (name: string) => `${name} raised a hand`,
    mutedBy: (who: string) => `${who} muted you`,
    cameraStoppedBy: (who: string) => `${who} turned your camera off`,
    roleChanged: (role: string) => `You are now a ${role}`,
    declined: (name: string) => `${name} declined the invitation`,
  },

  theme: {
    toLight: 'Use light colours',
    toDark: 'Use dark colours',
  },
};

export type Texts = typeof en;
