import { useEffect } from 'react';
import { Footer } from '../../features/frame/Footer';
import { Header } from '../../features/frame/Header';
import { Part } from '../../features/frame/Part';
import { Problem } from '../../features/frame/Problem';
import { Guard } from '../../ui/Guard';
import { useFileDrop } from '../../ui/use-file-drop';
import { DataCard } from './DataCard';
import { Found } from './Found';
import { loadDropped } from './load-data';
import { RunCard } from './RunCard';
import { restoreOnce } from './runner';
import { datasetStrings } from './strings';
import './dataset.css';

/** Many labelled images at once: which are vulnerable, and which classes are. */
export default function DatasetView() {
  useEffect(() => void restoreOnce(), []);
  const { over, handlers } = useFileDrop((transfer) => void loadDropped(transfer));
  return (
    <div className="page dataset" {...handlers}>
      <Part name="header">
        <Header />
      </Part>
      <Problem />
      <div className="dataset-lead">
        <h2>{datasetStrings.heading}</h2>
        <p className="hint">{datasetStrings.lead}</p>
      </div>
      <main>
        <div className="column">
          <Guard>
            <DataCard />
          </Guard>
          <Guard>
            <RunCard />
          </Guard>
        </div>
        <div className="column">
          <Guard>
            <Found />
          </Guard>
        </div>
      </main>
      <Footer />
      {over && <div className="drop-overlay">{datasetStrings.data.drop}</div>}
    </div>
  );
}
