import { useEffect, useRef } from 'react';
import { EmbedSnippet } from '../../features/export/EmbedSnippet';
import { Footer } from '../../features/frame/Footer';
import { Header } from '../../features/frame/Header';
import { Part } from '../../features/frame/Part';
import { STEPS, type StepId } from '../../state/lesson-steps';
import { useStore } from '../../state/store';
import { Guard } from '../../ui/Guard';
import { Formula } from './Formula';
import { Prose } from './Prose';
import { Question } from './Question';
import { StepFigure } from './StepFigure';
import { StepLink } from './StepLink';
import { SymbolTooltip } from './SymbolTooltip';
import { lessonStrings } from './strings';
import 'katex/dist/katex.min.css';
import './lesson.css';
import './plane/plane.css';

/** What a link to a step says: its figure as the step begins. */
const start = (step: StepId) => ({ view: 'learn', step, point: null, noise: null }) as const;

/** The lesson, one step at a time. */
export default function LearnView() {
  const step = useStore((state) => state.settings.step);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  const index = STEPS.indexOf(step);
  const text = lessonStrings.steps[step];
  return (
    <div className="page lesson">
      <Part name="header">
        <Header />
      </Part>
      <Part name="steps">
        <Steps current={step} />
      </Part>
      <main className="lesson-step" data-step={step}>
        <SymbolTooltip>
          <article>
            <div className="lesson-text">
              <p className="lesson-count">{lessonStrings.progress(index + 1, STEPS.length)}</p>
              <h2 ref={heading} tabIndex={-1}>
                {text.title}
              </h2>
              {text.before.map((sentence) => (
                <p key={sentence}>
                  <Prose text={sentence} />
                </p>
              ))}
              <Formula name={step} />
              {text.after.map((sentence) => (
                <p key={sentence}>
                  <Prose text={sentence} />
                </p>
              ))}
            </div>
            <div className="lesson-figure card">
              <StepFigure key={step} step={step} />
              <EmbedSnippet kinds={['figure']} />
            </div>
            <Part name="question">
              <Guard key={step}>
                <Question step={text} />
              </Guard>
            </Part>
          </article>
        </SymbolTooltip>
        <NextSteps index={index} />
      </main>
      <Footer />
    </div>
  );
}

function Steps({ current }: { readonly current: StepId }) {
  return (
    <nav className="lesson-steps" aria-label={lessonStrings.stepsLabel}>
      <ol>
        {STEPS.map((step, i) => (
          <li key={step}>
            <StepLink to={start(step)} current={step === current}>
              <span className="lesson-number">{i + 1}</span>
              <span className="lesson-short">{lessonStrings.steps[step].short}</span>
            </StepLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function NextSteps({ index }: { readonly index: number }) {
  const [before, after] = [STEPS[index - 1], STEPS[index + 1]];
  return (
    <div className="lesson-next">
      {before !== undefined && (
        <StepLink to={start(before)} className="button">
          ← {lessonStrings.previous}
        </StepLink>
      )}
      <StepLink to={after === undefined ? { view: 'explore' } : start(after)} className="button primary">
        {after === undefined
          ? lessonStrings.finish
          : `${lessonStrings.next}: ${lessonStrings.steps[after].short}`}{' '}
        →
      </StepLink>
    </div>
  );
}
