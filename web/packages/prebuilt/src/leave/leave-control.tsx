import { selectCan } from '@stoa/sdk';
import { ChevronUp, LogOut, PhoneOff, Square } from 'lucide-react';
import { useState } from 'react';
import { Question } from '../parts/dialog.js';
import { IconButton } from '../parts/icon-button.js';
import { Menu, MenuItem } from '../parts/menu.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { useReport } from '../toasts/use-report.js';

/** Leaves after a question; those who may end the room get a menu with that too. */
export function LeaveControl() {
  const stoa = useStoa();
  const { leave: texts, cancel } = useTexts();
  const report = useReport();
  const mayEnd = useStoaState(selectCan('endRoom'));
  const [asking, setAsking] = useState<'leave' | 'end'>();
  const close = () => setAsking(undefined);
  const end = () => {
    close();
    void report(stoa.endRoom());
  };
  return (
    <div className="stoa-split">
      <IconButton label={texts.button} tone="danger" onClick={() => setAsking('leave')}>
        <PhoneOff aria-hidden="true" />
      </IconButton>
      {mayEnd && (
        <Menu
          align="end"
          trigger={
            <button type="button" className="stoa-chevron" aria-label={texts.options}>
              <ChevronUp aria-hidden="true" />
            </button>
          }
        >
          <MenuItem icon={<LogOut />} onSelect={() => setAsking('leave')}>
            {texts.confirm}
          </MenuItem>
          <MenuItem danger icon={<Square />} onSelect={() => setAsking('end')}>
            {texts.end}
          </MenuItem>
        </Menu>
      )}
      <Question
        open={asking === 'leave'}
        danger
        title={texts.question}
        hint={texts.questionHint}
        yes={texts.confirm}
        no={texts.stay}
        onNo={close}
        onYes={() => void stoa.leave()}
      />
      <Question
        open={asking === 'end'}
        danger
        title={texts.endQuestion}
        hint={texts.endHint}
        yes={texts.end}
        no={cancel}
        onNo={close}
        onYes={end}
      />
    </div>
  );
}
