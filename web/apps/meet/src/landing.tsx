import { type FormEvent, useState } from 'react';
import { codeIn } from './route.js';
import { texts } from './texts.js';

/** Where one ends up without a link: asks for the code. */
export function Landing({ onCode }: { readonly onCode: (code: string) => void }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    const code = codeIn(typed);
    if (code === undefined) setWrong(true);
    else onCode(code);
  };
  return (
    <div className="stoa">
      <main className="stoa-notice">
        <form className="stoa-card" onSubmit={submitted}>
          <img src="/assets/icon.svg" alt="" width={56} height={56} />
          <h1>{texts.title}</h1>
          <label htmlFor="code">{texts.code}</label>
          <input
            id="code"
            className="stoa-field"
            value={typed}
            placeholder="abc-defg-hij"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={wrong}
            aria-describedby="code-hint"
            onChange={(event) => {
              setTyped(event.target.value);
              setWrong(false);
            }}
          />
          <p id="code-hint" className="stoa-hint" role={wrong ? 'alert' : undefined}>
            {wrong ? texts.wrong : texts.hint}
          </p>
          <button type="submit" className="stoa-button" data-tone="primary" disabled={typed.trim() === ''}>
            {texts.go}
          </button>
        </form>
      </main>
    </div>
  );
}
