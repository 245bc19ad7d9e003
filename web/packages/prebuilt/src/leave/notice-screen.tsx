import { type ReactNode, useEffect, useRef } from 'react';

interface NoticeScreenProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly body?: string;
  readonly detail?: string | undefined;
  readonly children?: ReactNode;
}

/** A page with one thing to say. The heading gets the focus, so that it is read out. */
export function NoticeScreen({ icon, title, body, detail, children }: NoticeScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="stoa-notice">
      <div className="stoa-card">
        <span className="stoa-notice-icon" aria-hidden="true">
          {icon}
        </span>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {body !== undefined && <p>{body}</p>}
        {detail !== undefined && <p className="stoa-hint">{detail}</p>}
        {children}
      </div>
    </main>
  );
}
