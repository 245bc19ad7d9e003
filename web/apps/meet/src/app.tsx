import { Prebuilt, type PrebuiltProps } from '@stoa/prebuilt';
import { useEffect, useState } from 'react';
import { Landing } from './landing.js';
import { type Route, routeOf } from './route.js';
import { setInside, tabUserId, wasInside } from './tab.js';

const currentRoute = (): Route => routeOf(location.pathname, location.search);

export function App() {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const moved = () => setRoute(currentRoute());
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, []);
  if (route.kind === 'landing') {
    return (
      <Landing
        onCode={(code) => {
          history.pushState(null, '', `/preview/${encodeURIComponent(code)}`);
          setRoute(currentRoute());
        }}
      />
    );
  }
  // Going back or to another room is a new call: the old one is left.
  return <CallPage key={route.code} route={route} />;
}

function CallPage({ route }: { readonly route: Extract<Route, { kind: 'call' }> }) {
  const { code, meeting, flags } = route;
  const [credentials] = useState(() => {
    if (flags.token !== undefined) return { token: flags.token };
    const userId = flags.userId ?? tabUserId();
    return { roomCode: code, ...(userId === undefined ? {} : { userId }) };
  });
  // Decided once: being inside changes while the call goes on.
  const [start] = useState((): PrebuiltProps['start'] => {
    if (flags.skipPreview || flags.skipPreviewHeadful) return 'skip-preview';
    return meeting && wasInside(code) ? 'resume' : 'preview';
  });
  const showAddress = (screen: string) =>
    history.replaceState(null, '', `/${screen}/${encodeURIComponent(code)}${location.search}`);
  return (
    <Prebuilt
      credentials={credentials}
      name={flags.name ?? (flags.skipPreview ? 'Beam' : undefined)}
      start={start}
      bare={flags.skipPreview}
      onJoined={() => {
        setInside(code);
        if (location.pathname.startsWith('/preview/')) showAddress('meeting');
      }}
      onLeft={() => setInside(undefined)}
    />
  );
}
