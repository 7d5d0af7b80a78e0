import { lazy, Suspense, useState } from 'react';
import { ClassPanel } from './classes/ClassPanel';
import { Footer } from './common/Footer';
import { Header } from './common/Header';
import { Part } from './common/Part';
import { Problem } from './common/Problem';
import { Slot } from './common/Slot';
import { useHighlightHandlers } from './common/use-highlight';
import { ConvergencePanel } from './convergence/ConvergencePanel';
import { WorstCase } from './distances/WorstCase';
import { HelpPanel } from './help/HelpPanel';
import { DropTarget } from './input/DropTarget';
import { InputPanel } from './input/InputPanel';
import { LandscapePanel } from './landscape/LandscapePanel';
import { OwnModelDialog } from './models/OwnModelDialog';
import { NoisePanel } from './noise/NoisePanel';
import { useStore } from './state/store';
import { strings } from './strings';
import { ExportPanel } from './sweep/ExportPanel';
import { NumbersTable } from './sweep/NumbersTable';
import { SettingsPanel } from './sweep/SettingsPanel';
import { SweepPanel } from './sweep/SweepPanel';

const OpenedSweep = lazy(() => import('./opened/OpenedSweep'));

/** As in styles/frame.css. */
const ONE_COLUMN = '(max-width: 900px)';

/** The explorer: one picture, its noisy copies and its curve. */
export default function App() {
  const isOpened = useStore((state) => state.opened !== null);
  const [isWide] = useState(() => !window.matchMedia(ONE_COLUMN).matches);
  const highlightHandlers = useHighlightHandlers();

  return (
    <DropTarget>
      <Part name="header">
        <Header />
      </Part>
      <Problem />
      {isOpened && (
        <Suspense fallback={<p className="hint">{strings.opened.loading}</p>}>
          <OpenedSweep />
        </Suspense>
      )}
      <main hidden={isOpened} {...highlightHandlers}>
        <div className="column column-picture">
          <Slot part="input" first>
            <InputPanel />
          </Slot>
          <Slot part="noise" first={isWide}>
            <NoisePanel />
          </Slot>
          <Slot part="worst" first={false}>
            <WorstCase />
          </Slot>
        </div>
        <div className="column column-curve">
          <Slot first={isWide}>
            <SweepPanel />
          </Slot>
          <Slot part="classes" first={false}>
            <ClassPanel />
          </Slot>
          <Slot part="convergence" first={false}>
            <ConvergencePanel />
          </Slot>
          <Slot part="landscape" first={false}>
            <LandscapePanel />
          </Slot>
          <Slot part="table" first={false}>
            <NumbersTable />
          </Slot>
          <Slot part="settings" first={false}>
            <SettingsPanel />
          </Slot>
          <Slot part="export" first={false}>
            <ExportPanel />
          </Slot>
          <Slot part="help" first={false}>
            <HelpPanel />
          </Slot>
        </div>
      </main>
      <Slot first={false}>
        <Footer />
      </Slot>
      <OwnModelDialog />
    </DropTarget>
  );
}
