import { createContext, useContext } from 'react';
import { en, type Texts } from './en.js';

const TextsContext = createContext<Texts>(en);

export const TextsProvider = TextsContext.Provider;

/** The words of the language in use. */
export const useTexts = (): Texts => useContext(TextsContext);
