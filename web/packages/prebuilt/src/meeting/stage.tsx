import { shallowEqual } from '@stoa/sdk';
import { Hourglass } from 'lucide-react';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { Grid } from '../tiles/grid.js';
import { Screens, selectForeignScreens } from '../tiles/screens.js';
import { selectStagePeers } from '../tiles/stage-peers.js';

/** The middle of the meeting: the first view that applies. */
export function Stage() {
  const { meeting: texts } = useTexts();
  const people = useStoaState(selectStagePeers, shallowEqual);
  const shared = useStoaState((state) => selectForeignScreens(state).length > 0);
  const alone = useStoaState((state) => Object.keys(state.peers).length === 1);
  if (shared) return <Screens />;
  if (people.length === 0) {
    return (
      <div className="stoa-waiting">
        <Hourglass aria-hidden="true" />
        <h2>{texts.waiting}</h2>
        <p>{texts.waitingHint}</p>
      </div>
    );
  }
  return (
    <>
      <Grid />
      {alone && <p className="stoa-alone">{texts.alone}</p>}
    </>
  );
}
