import { useEffect, useState } from 'react';
import { Question } from '../parts/dialog.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { useReport } from '../toasts/use-report.js';

interface UnmuteRequest {
  readonly who: string | undefined;
  readonly kind: 'microphone' | 'camera';
}

/** What others ask of the local peer. Nothing is turned on or changed without a yes. */
export function Requests() {
  return (
    <>
      <RoleRequest />
      <Unmute />
    </>
  );
}

function RoleRequest() {
  const stoa = useStoa();
  const { requests: texts } = useTexts();
  const report = useReport();
  const request = useStoaState((state) => state.roleRequest);
  const who = useStoaState((state) => state.peers[state.roleRequest?.by ?? '']?.name);
  return (
    <Question
      open={request !== undefined}
      title={texts.role(who ?? texts.somebody, request?.role ?? '')}
      hint={texts.roleHint}
      yes={texts.accept}
      no={texts.decline}
      onYes={() => void report(stoa.acceptRoleRequest())}
      onNo={() => stoa.declineRoleRequest()}
    />
  );
}

function Unmute() {
  const stoa = useStoa();
  const { requests: texts } = useTexts();
  const [request, setRequest] = useState<UnmuteRequest>();
  useEffect(
    () =>
      stoa.on((event) => {
        if (event.type !== 'unmute-requested') return;
        const { peers, tracks } = stoa.store.get();
        const kind = tracks[event.trackId]?.kind === 'video' ? 'camera' : 'microphone';
        setRequest({ who: event.by === undefined ? undefined : peers[event.by]?.name, kind });
      }),
    [stoa],
  );
  const who = request?.who ?? texts.somebody;
  return (
    <Question
      open={request !== undefined}
      title={request?.kind === 'camera' ? texts.unmuteCamera(who) : texts.unmuteMicrophone(who)}
      yes={texts.accept}
      no={texts.notNow}
      onNo={() => setRequest(undefined)}
      onYes={() => {
        setRequest(undefined);
        void (request?.kind === 'camera' ? stoa.local.setCamera(true) : stoa.local.setMicrophone(true));
      }}
    />
  );
}
