import { useContext, useId, useMemo, useState } from 'react';
import { cite } from '../../../results/cite';
import { viewOf } from '../../state/lanes';
import { linkTo } from '../../state/live-words';
import { isNamed } from '../../state/pictures';
import { useStore } from '../../state/store';
import { toSweepResult } from '../../state/to-sweep-result';
import { LaneContext } from '../../state/use-lane';
import { strings } from '../../strings';

const words = strings.cite;
const MESSAGE_MS = 2500;

/** How to cite what is shown, to be copied. */
export function CiteThis() {
  const state = useStore((now) => now);
  const lane = useContext(LaneContext);
  const view = useMemo(() => viewOf(state, lane), [state, lane]);
  const citation = useMemo(() => {
    const result = view && toSweepResult(view);
    return result && cite(result, linkTo(state), new Date());
  }, [state, view]);
  if (view === null || citation === null) return null;
  const isPrivate = view.image !== null && !isNamed(view.image.source);
  return (
    <section className="cite" aria-label={words.heading}>
      <h3>{words.heading}</h3>
      <Copyable name="text" label={words.text} text={citation.text} />
      <Copyable name="bibtex" label={words.bibtex} text={citation.bibtex} />
      {isPrivate && <p className="hint">{words.privateImage}</p>}
    </section>
  );
}

function Copyable({ name, label, text }: { name: string; label: string; text: string }) {
  const id = useId();
  const [message, setMessage] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setMessage(words.copied);
    } catch {
      setMessage(words.copyFailed);
    }
    setTimeout(() => setMessage(null), MESSAGE_MS);
  };
  return (
    <div className="cite-entry" data-cite={name}>
      <div className="row">
        <span id={id} className="field-title">
          {label}
        </span>
        <button type="button" className="quiet small" aria-describedby={id} onClick={() => void copy()}>
          <span aria-live="polite">{message ?? words.copy}</span>
        </button>
      </div>
      <pre>{text}</pre>
    </div>
  );
}
