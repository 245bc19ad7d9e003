import * as Tooltip from '@radix-ui/react-tooltip';
import { createStoa, type Stoa } from '@stoa/sdk';
import { useState } from 'react';
import { Call, type CallProps } from './call.js';
import { PortalRootProvider } from './parts/portal-root.js';
import { PreferencesProvider, useRemembered } from './state/preferences.js';
import { StoaProvider } from './state/stoa.js';
import { en, type Texts } from './texts/en.js';
import { TextsProvider } from './texts/texts.js';
import { ToastsProvider } from './toasts/toasts-provider.js';

export interface PrebuiltProps extends CallProps {
  /** Origin of the server. Default: the page's own origin. */
  readonly endpoint?: string;
  /** A seat of your own, to drive or watch it from outside. Default: a new one. */
  readonly stoa?: Stoa;
  /** All words in another language. Default: English. */
  readonly texts?: Texts;
}

/** The whole call, as large as the element around it. Give another `key` to begin anew with other credentials. */
export function Prebuilt({ endpoint, stoa: given, texts = en, ...call }: PrebuiltProps) {
  const [stoa] = useState(() => given ?? createStoa(endpoint === undefined ? {} : { endpoint }));
  const preferences = useRemembered();
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const { theme } = preferences.value;
  return (
    <div ref={setRoot} className="stoa" data-theme={theme}>
      <StoaProvider value={stoa}>
        <TextsProvider value={texts}>
          <PreferencesProvider value={preferences}>
            <PortalRootProvider value={root}>
              <Tooltip.Provider delayDuration={500}>
                <ToastsProvider>
                  <Call {...call} />
                </ToastsProvider>
              </Tooltip.Provider>
            </PortalRootProvider>
          </PreferencesProvider>
        </TextsProvider>
      </StoaProvider>
    </div>
  );
}
