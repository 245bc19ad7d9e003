import { createContext, useContext } from 'react';

/** Where menus, dialogs and tooltips are put, so that they get the theme's colours too. */
const PortalRootContext = createContext<HTMLElement | null>(null);

export const PortalRootProvider = PortalRootContext.Provider;

export const usePortalRoot = (): HTMLElement | null => useContext(PortalRootContext);
