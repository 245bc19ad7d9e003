import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Prebuilt, type PrebuiltProps } from '../../src/index.js';
import type { FakeStoa } from './fake-stoa.js';

/** Draws the call over a fake seat. */
export function show(stoa: FakeStoa, props: Partial<PrebuiltProps> = {}) {
  const user = userEvent.setup();
  render(<Prebuilt stoa={stoa} credentials={{ roomCode: 'a-b-c' }} {...props} />);
  return user;
}
