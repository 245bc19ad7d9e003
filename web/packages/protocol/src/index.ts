export * from './check.js';
export * from './entry.js';
export * from './frame.js';
export * from './notifications.js';
export * from './objects.js';
export * from './polls.js';
export * from './requests.js';
