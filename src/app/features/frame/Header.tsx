import { addressOf, goTo } from '../../session/address';
import { isNamed } from '../../state/pictures';
import { updateSettings, useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { CopyButton } from '../../ui/CopyButton';
import { followsHere } from '../../ui/links';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, text: strings.theme[value] }));

export function Header() {
  const theme = useStore((state) => state.settings.theme);
  return (
    <header className="page-header">
      <h1>
        <img src="./icon.svg" alt="" width={28} height={28} />
        {strings.name}
      </h1>
      <p className="tagline">{strings.tagline}</p>
      <div className="header-tools">
        <ViewLinks />
        <LargeType />
        <CopyLink />
        <Choice
          label={strings.theme.label}
          options={themes}
          value={theme}
          onChange={(value) => updateSettings({ theme: value })}
        />
      </div>
    </header>
  );
}

const VIEWS = ['explore', 'learn', 'data'] as const;

/** From each view to the others. */
function ViewLinks() {
  const shown = useStore(({ settings }) => settings.view);
  return (
    <nav className="view-links" aria-label={strings.views.label}>
      {VIEWS.filter((view) => view !== shown).map((view) => (
        <a
          key={view}
          className="view-link"
          href={addressOf({ view })}
          onClick={(event) => followsHere(event) && goTo({ view })}
        >
          {strings.views[view]}
        </a>
      ))}
    </nav>
  );
}

/** For a projector: everything is larger. */
function LargeType() {
  const isLarge = useStore(({ settings }) => settings.text === 'large');
  return (
    <button
      type="button"
      className="quiet large-type"
      aria-label={strings.largeType}
      title={strings.largeType}
      aria-pressed={isLarge}
      onClick={() => updateSettings({ text: isLarge ? 'normal' : 'large' })}
    >
      {strings.largeTypeMark}
    </button>
  );
}

function CopyLink() {
  const isPrivate = useStore(({ image }) => image !== null && !isNamed(image.source));
  const { copied, copiedWithoutImage, ...words } = strings.copyLink;
  return (
    <CopyButton
      className="quiet"
      words={{ ...words, copied: isPrivate ? copiedWithoutImage : copied }}
      content={() => window.location.href}
    />
  );
}
