import { takeUpdate } from '../../session/offline';
import { useStore } from '../../state/store';
import { strings } from '../../strings';

export function Footer() {
  const backend = useStore((state) => state.backend);
  const asked = useStore(({ settings }) => settings.view !== 'learn');
  const kept = useStore((state) => state.keptOffline);
  const failed = useStore((state) => state.engineFailed);
  const hasFailed = useStore((state) => state.failed !== null);
  return (
    <footer className="page-footer">
      <Update />
      <p data-testid="backend">
        {failed
          ? strings.sweep.engineFailed
          : (backend?.reason ?? (asked && !hasFailed ? strings.footer.starting : ''))}
      </p>
      <p>
        {strings.footer.privacy} {kept && strings.footer.offline} {strings.name} {__APP_VERSION__}
      </p>
    </footer>
  );
}

/** A newer build of the page is taken when the person says so, never amid their work. */
function Update() {
  const isReady = useStore((state) => state.updateReady);
  return (
    <div className="page-update" role="status">
      {isReady && (
        <>
          {strings.footer.update}{' '}
          <button type="button" onClick={takeUpdate}>
            {strings.footer.takeUpdate}
          </button>
        </>
      )}
    </div>
  );
}
