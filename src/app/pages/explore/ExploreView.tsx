import { useState } from 'react';
import { ClassPanel } from '../../features/classes/ClassPanel';
import { ConvergencePanel } from '../../features/convergence/ConvergencePanel';
import { SweepPanel } from '../../features/curve/SweepPanel';
import { ExportPanel } from '../../features/export/ExportPanel';
import { Footer } from '../../features/frame/Footer';
import { Header } from '../../features/frame/Header';
import { Part } from '../../features/frame/Part';
import { Problem } from '../../features/frame/Problem';
import { VisiblePanel } from '../../features/frame/VisiblePanel';
import { HelpPanel } from '../../features/help/HelpPanel';
import { LandscapePanel } from '../../features/landscape/LandscapePanel';
import { ModelPicker } from '../../features/models/ModelPicker';
import { OwnModelDialog } from '../../features/models/OwnModelDialog';
import { focusRadius, NoisePanel } from '../../features/noise/NoisePanel';
import { NumbersTable } from '../../features/numbers/NumbersTable';
import { AbsentPicture } from '../../features/picture/AbsentPicture';
import { DropTarget } from '../../features/picture/DropTarget';
import { InputPanel } from '../../features/picture/InputPanel';
import { SettingsPanel } from '../../features/settings/SettingsPanel';
import { WorstCase } from '../../features/worst-case/WorstCase';
import { closeOpened } from '../../session/opened';
import { isChanging } from '../../state/selectors';
import { useStore } from '../../state/store';
import { useHighlightHandlers } from '../../state/use-highlight';
import { strings } from '../../strings';
import { Guard } from '../../ui/Guard';
import { lazyPart } from '../../ui/lazy-part';

const OpenedSweep = lazyPart(
  () => import('../../features/opened/OpenedSweep'),
  <p className="hint">{strings.opened.loading}</p>,
);

/** As in styles/frame.css. */
const ONE_COLUMN = '(max-width: 900px)';

/** The explorer: one picture, its noisy copies and its curve. */
export default function ExploreView() {
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
          <VisiblePanel part="input" first>
            <InputPanel modelPicker={<ModelPicker />} />
          </VisiblePanel>
          <VisiblePanel part="noise" first={isWide}>
            <NoisePanel />
          </VisiblePanel>
          <VisiblePanel part="worst" first={false}>
            <WorstCase />
          </VisiblePanel>
        </div>
        <div className="column column-curve">
          <VisiblePanel first={isWide}>
            <SweepPanel onRelease={focusRadius} />
          </VisiblePanel>
          <VisiblePanel part="classes" first={false}>
            <ClassPanel />
          </VisiblePanel>
          <VisiblePanel part="convergence" first={false}>
            <ConvergencePanel />
          </VisiblePanel>
          <VisiblePanel part="landscape" first={false}>
            <LandscapePanel />
          </VisiblePanel>
          <VisiblePanel part="table" first={false}>
            <NumbersTable />
          </VisiblePanel>
          <VisiblePanel part="settings" first={false}>
            <SettingsPanel />
          </VisiblePanel>
          <VisiblePanel part="export" first={false}>
            <ExportPanel />
          </VisiblePanel>
          <VisiblePanel part="help" first={false}>
            <HelpPanel />
          </VisiblePanel>
        </div>
      </main>
      <VisiblePanel first={false}>
        <Footer />
      </VisiblePanel>
      <Guard>
        <OwnModelDialog />
      </Guard>
    </DropTarget>
  );
}
