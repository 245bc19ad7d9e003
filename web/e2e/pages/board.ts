import { selectWhiteboard } from '@100mslive/hms-video-store';
import { Whiteboard } from '@100mslive/hms-whiteboard';
import styles from '@100mslive/hms-whiteboard/index.css?inline';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { actions, store } from './official.js';

/** What the component leaves in the window for debugging, as far as tests need it. */
interface Left {
  readonly editor?: {
    setCurrentTool(tool: string): void;
    getCurrentPageShapes(): readonly { readonly id: string; readonly type: string }[];
    getInstanceState(): { readonly isReadonly: boolean };
  };
  readonly sessionStore?: { set(key: string, value: unknown): PromiseLike<unknown> };
}

const left = () => window as unknown as Left;
const known = () => {
  const board = store.getState(selectWhiteboard);
  if (board?.addr === undefined || board.token === undefined) throw new Error('no whiteboard is known');
  return { address: board.addr, token: board.token };
};

let root: Root | undefined;

/** The official whiteboard component beside the official SDK. */
const board = {
  open: () => actions.interactivityCenter.whiteboard.open({ title: 'Plan' }),
  close: () => actions.interactivityCenter.whiteboard.close(),
  isOpen: () => store.getState(selectWhiteboard)?.open === true,
  permissions: (): readonly string[] | undefined => store.getState(selectWhiteboard)?.permissions,
  show: () => {
    // The component's own address would have TLS, which this server leaves to a proxy.
    const { address, token } = known();
    const style = document.createElement('style');
    style.textContent = styles;
    const frame = document.createElement('div');
    frame.style.cssText = 'position: fixed; inset: 0; background: white';
    document.head.append(style);
    document.body.append(frame);
    root = createRoot(frame);
    root.render(createElement(Whiteboard, { endpoint: `http://${address}`, token }));
  },
  hide: () => root?.unmount(),
  isShown: () => left().editor !== undefined,
  isReadonly: () => left().editor?.getInstanceState().isReadonly,
  takePen: () => left().editor?.setCurrentTool('draw'),
  shapes: () => (left().editor?.getCurrentPageShapes() ?? []).map(({ type }) => type),
  /** Past the component, which would not even ask. */
  force: async () => {
    try {
      await left().sessionStore?.set('shape:forced', { id: 'shape:forced' });
      return 'done';
    } catch (refusal) {
      return `${(refusal as { code?: string }).code}: ${(refusal as Error).message}`;
    }
  },
};

declare global {
  interface Window {
    board: typeof board;
  }
}

window.board = board;
