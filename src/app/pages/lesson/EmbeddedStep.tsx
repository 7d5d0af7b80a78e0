import { useStore } from '../../state/store';
import { StepFigure } from './StepFigure';
import 'katex/dist/katex.min.css';
import './lesson.css';
import './plane/plane.css';

/** The figure of a step without its text. */
export default function EmbeddedStep() {
  const step = useStore((state) => state.settings.step);
  return (
    <main className="lesson-step embed-main" data-step={step}>
      <div className="lesson-figure card">
        <StepFigure step={step} />
      </div>
    </main>
  );
}
