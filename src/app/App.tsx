import { useEffect } from 'react';
import { ClassPanel } from './classes/ClassPanel';
import { Footer } from './common/Footer';
import { Header } from './common/Header';
import { Problem } from './common/Problem';
import { useHighlightHandlers } from './common/use-highlight';
import { ConvergencePanel } from './convergence/ConvergencePanel';
import { WorstCase } from './distances/WorstCase';
import { HelpPanel } from './help/HelpPanel';
import { DropTarget } from './input/DropTarget';
import { InputPanel } from './input/InputPanel';
import { OwnModelDialog } from './models/OwnModelDialog';
import { NoisePanel } from './noise/NoisePanel';
import { useStore } from './state/store';
import { ExportPanel } from './sweep/ExportPanel';
import { NumbersTable } from './sweep/NumbersTable';
import { SettingsPanel } from './sweep/SettingsPanel';
import { SweepPanel } from './sweep/SweepPanel';

export function App() {
  const theme = useStore((state) => state.settings.theme);
  const highlightHandlers = useHighlightHandlers();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  return (
    <DropTarget>
      <Header />
      <Problem />
      <main {...highlightHandlers}>
        <div className="column column-picture">
          <InputPanel />
          <NoisePanel />
          <WorstCase />
        </div>
        <div className="column column-curve">
          <SweepPanel />
          <ClassPanel />
          <ConvergencePanel />
          <NumbersTable />
          <SettingsPanel />
          <ExportPanel />
          <HelpPanel />
        </div>
      </main>
      <Footer />
      <OwnModelDialog />
    </DropTarget>
  );
}
