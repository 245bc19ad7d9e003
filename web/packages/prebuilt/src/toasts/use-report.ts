import type { RequestFailure, Result } from '@stoa/sdk';
import { useTexts } from '../texts/texts.js';
import { useToasts } from './toasts.js';

/** Tells by a toast when a request failed; resolves to whether it went well. */
export function useReport(): (request: Promise<Result<unknown, RequestFailure>>) => Promise<boolean> {
  const { requestFailures } = useTexts();
  const { add } = useToasts();
  return async (request) => {
    const result = await request;
    if (!result.ok) add('error', requestFailures[result.failure.code]);
    return result.ok;
  };
}
