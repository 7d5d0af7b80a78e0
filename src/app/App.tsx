import { lazy, Suspense } from 'react';
import { ClassPanel } from './classes/ClassPanel';
import { Footer } from './common/Footer';
import { Header } from './common/Header';
import { Part } from './common/Part';
import { Problem } from './common/Problem';
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

/** The explorer: one picture, its noisy copies and its curve. */
export default function App() {
  const isOpened = useStore((state) => state.opened !== null);
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
          <Part name="input">
            <InputPanel />
          </Part>
          <Part name="noise">
            <NoisePanel />
          </Part>
          <Part name="worst">
            <WorstCase />
          </Part>
        </div>
        <div className="column column-curve">
          <SweepPanel />
          <Part name="classes">
            <ClassPanel />
          </Part>
          <Part name="convergence">
            <ConvergencePanel />
          </Part>
          <Part name="landscape">
            <LandscapePanel />
          </Part>
          <Part name="table">
            <NumbersTable />
          </Part>
          <Part name="settings">
            <SettingsPanel />
          </Part>
          <Part name="export">
            <ExportPanel />
          </Part>
          <Part name="help">
            <HelpPanel />
          </Part>
        </div>
      </main>
      <Footer />
      <OwnModelDialog />
    </DropTarget>
  );
}
