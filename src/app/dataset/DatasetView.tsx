import { useEffect } from 'react';
import { Footer } from '../common/Footer';
import { Guard } from '../common/Guard';
import { Header } from '../common/Header';
import { Part } from '../common/Part';
import { Problem } from '../common/Problem';
import { useFileDrop } from '../common/use-file-drop';
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
