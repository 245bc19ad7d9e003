import * as Dropdown from '@radix-ui/react-dropdown-menu';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePortalRoot } from './portal-root.js';

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly side?: 'top' | 'bottom';
  readonly align?: 'start' | 'center' | 'end';
}

export function Menu({ trigger, children, side = 'top', align = 'center' }: MenuProps) {
  const root = usePortalRoot();
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      <Dropdown.Portal container={root}>
        <Dropdown.Content
          className="stoa-menu"
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={8}
          loop
        >
          {children}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

export function MenuItem({ icon, danger = false, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Dropdown.Item className="stoa-menu-item" data-danger={danger} disabled={disabled} onSelect={onSelect}>
      <span className="stoa-menu-icon" aria-hidden="true">
        {icon}
      </span>
      {children}
    </Dropdown.Item>
  );
}

interface Choice {
  readonly id: string;
  readonly label: string;
}

interface MenuChoicesProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** One of several, as radio items under a heading. */
export function MenuChoices({ label, choices, chosen, onChoose }: MenuChoicesProps) {
  return (
    <Dropdown.RadioGroup value={chosen} onValueChange={onChoose} aria-label={label}>
      <Dropdown.Label className="stoa-menu-label">{label}</Dropdown.Label>
      {choices.map((choice) => (
        <Dropdown.RadioItem key={choice.id} value={choice.id} className="stoa-menu-item">
          <span className="stoa-menu-icon" aria-hidden="true">
            <Dropdown.ItemIndicator>
              <Check />
            </Dropdown.ItemIndicator>
          </span>
          <span className="stoa-ellipsis">{choice.label}</span>
        </Dropdown.RadioItem>
      ))}
    </Dropdown.RadioGroup>
  );
}

export const MenuLine = () => <Dropdown.Separator className="stoa-menu-line" />;
