import * as Tooltip from '@radix-ui/react-tooltip';
import type { ComponentProps, ReactNode } from 'react';
import { usePortalRoot } from './portal-root.js';

export interface IconButtonProps extends ComponentProps<'button'> {
  /** What the button is called by those who do not see it. */
  readonly label: string;
  /** What the tooltip says; the label when absent. */
  readonly hint?: string;
  readonly tone?: 'plain' | 'off' | 'active' | 'danger';
  /** Small mark in the corner, such as a count. */
  readonly badge?: ReactNode;
}

/** A round button with a picture. Its tooltip also tells the key. */
export function IconButton({ label, hint, tone = 'plain', badge, children, ...rest }: IconButtonProps) {
  const root = usePortalRoot();
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button {...rest} type="button" aria-label={label} className="stoa-icon-button" data-tone={tone}>
          {children}
          {badge !== undefined && (
            <span className="stoa-badge" aria-hidden="true">
              {badge}
            </span>
          )}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal container={root}>
        <Tooltip.Content className="stoa-tooltip" sideOffset={6} collisionPadding={8}>
          {hint ?? label}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
