import { useStore } from '../state/store';
import { strings } from '../strings';

export function Footer() {
  const backend = useStore((state) => state.backend);
  const asked = useStore(({ settings }) => settings.view === 'explore');
  const failed = useStore((state) => state.engineFailed);
  return (
    <footer className="page-footer">
      <p data-testid="backend">
        {failed ? strings.sweep.engineFailed : (backend?.reason ?? (asked ? strings.footer.starting : ''))}
      </p>
      <p>
        {strings.footer.privacy} {strings.name} {__APP_VERSION__}
      </p>
    </footer>
  );
}
