import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Footer } from '../common/Footer';
import { Header } from '../common/Header';
import { Part } from '../common/Part';
import { Problem } from '../common/Problem';
import { droppedFiles } from '../input/dropped-files';
import { report } from '../session/problem';
import { DataCard } from './DataCard';
import { Found } from './Found';
import { loadFiles } from './load-data';
import { RunCard } from './RunCard';
import { restoreOnce } from './runner';
import { datasetStrings } from './strings';
import './dataset.css';

/** A folder of a whole data set. */
const MOST_FILES = 100_000;

/** Many labelled images at once: which are vulnerable, and which classes are. */
export default function DatasetView() {
  useEffect(() => void restoreOnce(), []);
  const [over, setOver] = useState(false);
  // dragenter and dragleave also fire for every child that is crossed.
  const depth = useRef(0);
  const drop = async (transfer: DataTransfer): Promise<void> => {
    try {
      const files = await droppedFiles(transfer, MOST_FILES);
      if (files.length > 0) await loadFiles(files);
    } catch (error) {
      report(error);
    }
  };
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has no keyboard form; the file buttons are the other way in
    <div
      className="page dataset"
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return;
        depth.current++;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        void drop(event.dataTransfer);
      }}
    >
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
          <DataCard />
          <RunCard />
        </div>
        <div className="column">
          <Found />
        </div>
      </main>
      <Footer />
      {over && <div className="drop-overlay">{datasetStrings.data.drop}</div>}
    </div>
  );
}
