export { Prebuilt, type PrebuiltProps } from './prebuilt.js';
export { en, type Texts } from './texts/en.js';
