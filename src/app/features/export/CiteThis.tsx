import { useContext, useId, useMemo } from 'react';
import { cite } from '../../../results/cite';
import { viewOf } from '../../state/lanes';
import { linkTo } from '../../state/live-words';
import { isNamed } from '../../state/pictures';
import { useStore } from '../../state/store';
import { toSweepResult } from '../../state/to-sweep-result';
import { LaneContext } from '../../state/use-lane';
import { strings } from '../../strings';
import { CopyButton } from '../../ui/CopyButton';

const words = strings.cite;

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
  return (
    <div className="cite-entry" data-cite={name}>
      <div className="row">
        <span id={id} className="field-title">
          {label}
        </span>
        <CopyButton className="quiet small" words={words.button} content={() => text} describedBy={id} />
      </div>
      <pre>{text}</pre>
    </div>
  );
}
