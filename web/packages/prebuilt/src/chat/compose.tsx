import { type RequestFailure, shallowEqual } from '@stoa/sdk';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { usePhone } from '../parts/use-media.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { type Recipient, selectOtherRoles, selectOthers, sendOptionsOf } from './audience.js';

const LONGEST_MESSAGE = 2000;

/** Recipient, text and send button. The text stays until the server has taken it. */
export function Compose() {
  const stoa = useStoa();
  const { chat: texts } = useTexts();
  const [text, setText] = useState('');
  const [recipient, setRecipient] = useState<Recipient>('everyone');
  const [failure, setFailure] = useState<RequestFailure['code']>();
  const sending = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);

  const phone = usePhone();
  // A phone would cover the messages with its keyboard.
  useEffect(() => {
    if (!phone) field.current?.focus();
  }, [phone]);

  const send = async () => {
    const message = text.trim();
    if (message === '' || sending.current) return;
    sending.current = true;
    const sent = await stoa.sendMessage(message, sendOptionsOf(recipient));
    sending.current = false;
    setFailure(sent.ok ? undefined : sent.failure.code);
    // What was typed meanwhile is not thrown away.
    if (sent.ok) setText((now) => (now.trim() === message ? '' : now));
  };
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  return (
    <form className="stoa-compose" onSubmit={submitted}>
      <RecipientSelect recipient={recipient} onRecipient={setRecipient} />
      {failure !== undefined && (
        <p className="stoa-trouble" role="alert">
          {failure === 'forbidden' ? texts.mayNot : texts.notSent}
        </p>
      )}
      <div className="stoa-compose-row">
        <textarea
          ref={field}
          className="stoa-field"
          aria-label={texts.message}
          placeholder={texts.placeholder}
          rows={1}
          maxLength={LONGEST_MESSAGE}
          value={text}
          dir="auto"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={pressed}
        />
        <button type="submit" className="stoa-send" aria-label={texts.send} disabled={text.trim() === ''}>
          <SendHorizontal aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}

interface RecipientSelectProps {
  readonly recipient: Recipient;
  readonly onRecipient: (recipient: Recipient) => void;
}

function RecipientSelect({ recipient, onRecipient }: RecipientSelectProps) {
  const { chat: texts } = useTexts();
  const roles = useStoaState(selectOtherRoles, shallowEqual);
  const others = useStoaState(selectOthers, shallowEqual);
  const id = useId();
  const known =
    recipient === 'everyone' ||
    roles.some((role) => recipient === `role:${role}`) ||
    others.some((peer) => recipient === `peer:${peer.id}`);
  return (
    <div className="stoa-recipient">
      <label htmlFor={id}>{texts.to}</label>
      <select
        id={id}
        className="stoa-field"
        value={recipient}
        onChange={(event) => onRecipient(event.target.value as Recipient)}
      >
        <option value="everyone">{texts.everyone}</option>
        {/* Never falls back to everyone by itself: a private word must not become public. */}
        {!known && <option value={recipient}>{texts.gone}</option>}
        {roles.length > 0 && (
          <optgroup label={texts.roles}>
            {roles.map((role) => (
              <option key={role} value={`role:${role}`}>
                {role}
              </option>
            ))}
          </optgroup>
        )}
        {others.length > 0 && (
          <optgroup label={texts.people}>
            {others.map((peer) => (
              <option key={peer.id} value={`peer:${peer.id}`}>
                {peer.name}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </div>
  );
}
