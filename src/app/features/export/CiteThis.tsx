import { useContext, useId, useMemo } from 'react';
import { cite } from '../../../results/cite';
import { linkTo } from '../../queries/figure-text';
import { useSweep } from '../../queries/hooks';
import { SeriesContext, useQuestion } from '../../queries/series';
import { toSweepResult } from '../../queries/to-sweep-result';
import { isNamed } from '../../state/pictures';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { CopyButton } from '../../ui/CopyButton';

const messages = strings.cite;

/** How to cite what is shown, to be copied. */
export function CiteThis() {
  const series = useContext(SeriesContext);
  const question = useQuestion();
  const settings = useStore((state) => state.settings);
  const sweep = useSweep(({ data }) => data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a result is made of
  const citation = useMemo(() => {
    const result = toSweepResult(series);
    return result && cite(result, linkTo({ settings }), new Date());
  }, [series, question, sweep, settings]);
  if (question === null || citation === null) return null;
  const isPrivate = !isNamed(question.image.source);
  return (
    <section className="cite" aria-label={messages.heading}>
      <h3>{messages.heading}</h3>
      <Copyable name="text" label={messages.text} text={citation.text} />
      <Copyable name="bibtex" label={messages.bibtex} text={citation.bibtex} />
      {isPrivate && <p className="hint">{messages.privateImage}</p>}
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
        <CopyButton className="quiet small" words={messages.button} content={() => text} describedBy={id} />
      </div>
      <pre>{text}</pre>
    </div>
  );
}
