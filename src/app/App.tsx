import { useState } from 'react';
import { ClassPanel } from './classes/ClassPanel';
import { Footer } from './common/Footer';
import { Guard } from './common/Guard';
import { Header } from './common/Header';
import { lazyPart } from './common/lazy-part';
import { Part } from './common/Part';
import { Problem } from './common/Problem';
import { Slot } from './common/Slot';
import { useHighlightHandlers } from './common/use-highlight';
import { ConvergencePanel } from './convergence/ConvergencePanel';
import { WorstCase } from './distances/WorstCase';
import { HelpPanel } from './help/HelpPanel';
import { AbsentPicture } from './input/AbsentPicture';
import { DropTarget } from './input/DropTarget';
import { InputPanel } from './input/InputPanel';
import { LandscapePanel } from './landscape/LandscapePanel';
import { OwnModelDialog } from './models/OwnModelDialog';
import { NoisePanel } from './noise/NoisePanel';
import { closeOpened } from './session/opened';
import { isChanging } from './state/selectors';
import { useStore } from './state/store';
import { strings } from './strings';
import { ExportPanel } from './sweep/ExportPanel';
import { NumbersTable } from './sweep/NumbersTable';
import { SettingsPanel } from './sweep/SettingsPanel';
import { SweepPanel } from './sweep/SweepPanel';

const OpenedSweep = lazyPart(
  () => import('./opened/OpenedSweep'),
  <p className="hint">{strings.opened.loading}</p>,
);

/** As in styles/frame.css. */
const ONE_COLUMN = '(max-width: 900px)';

/** The explorer: one picture, its noisy copies and its curve. */
export default function App() {
  const opened = useStore((state) => state.opened);
  const changing = useStore(isChanging);
  const [isWide] = useState(() => !window.matchMedia(ONE_COLUMN).matches);
  const highlightHandlers = useHighlightHandlers();

  return (
    <DropTarget>
      <Part name="header">
        <Header />
      </Part>
      <Problem />
      <AbsentPicture takesDrops />
      {opened !== null && (
        <Guard
          resetKeys={[opened.result, opened.input]}
          leave={{ text: strings.opened.close, onLeave: closeOpened }}
        >
          <OpenedSweep />
        </Guard>
      )}
      <main
        hidden={opened !== null}
        data-changing={changing || undefined}
        aria-busy={changing || undefined}
        {...highlightHandlers}
      >
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
      <Guard>
        <OwnModelDialog />
      </Guard>
    </DropTarget>
  );
}
