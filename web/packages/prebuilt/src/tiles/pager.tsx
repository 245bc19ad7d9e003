import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTexts } from '../texts/texts.js';

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/** Leafs through pages of tiles; nothing when there is one page only. */
export function Pager({ page, pages, onPage }: PagerProps) {
  const { meeting: texts } = useTexts();
  if (pages <= 1) return null;
  return (
    <nav className="stoa-pager" aria-label={texts.page(page + 1, pages)}>
      <button
        type="button"
        className="stoa-quiet-button"
        aria-label={texts.previousPage}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        <ChevronLeft aria-hidden="true" />
      </button>
      <span aria-live="polite">{`${page + 1} / ${pages}`}</span>
      <button
        type="button"
        className="stoa-quiet-button"
        aria-label={texts.nextPage}
        disabled={page >= pages - 1}
        onClick={() => onPage(page + 1)}
      >
        <ChevronRight aria-hidden="true" />
      </button>
    </nav>
  );
}
