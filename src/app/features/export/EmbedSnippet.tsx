import { useState } from 'react';
import { linkOf } from '../../session/address';
import { isNamed } from '../../state/pictures';
import type { Embedded } from '../../state/settings';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { CopyButton } from '../../ui/CopyButton';
import styles from './EmbedSnippet.module.css';
import { snippet } from './snippet';

const messages = strings.embed;

/** HTML that shows one figure, as it is now, in another page. */
export function EmbedSnippet({ kinds }: { readonly kinds: readonly [Embedded, ...Embedded[]] }) {
  const [kind, setKind] = useState<Embedded>(kinds[0]);
  // Written anew with every change of the settings.
  useStore((state) => state.settings);
  const isPrivate = useStore(({ image }) => kind !== 'figure' && image !== null && !isNamed(image.source));
  const text = snippet(kind, linkOf({ embed: kind, hide: [] }));
  return (
    <details className={styles.embedSnippet}>
      <summary>{messages.summary}</summary>
      {kinds.length > 1 && (
        <Choice
          label={messages.what}
          options={kinds.map((value) => ({ value, text: messages.kinds[value] }))}
          value={kind}
          onChange={setKind}
        />
      )}
      <textarea
        readOnly
        rows={4}
        value={text}
        aria-label={messages.snippet}
        onFocus={({ target }) => target.select()}
      />
      <div className="row">
        <CopyButton words={messages.button} content={() => text} />
        {isPrivate && <span className="hint">{messages.privateImage}</span>}
      </div>
    </details>
  );
}
