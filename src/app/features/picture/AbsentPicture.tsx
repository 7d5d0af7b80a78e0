import { openDefaultSample, openImage } from '../../session/picture';
import { isPictureAbsent } from '../../state/missing';
import { useStore } from '../../state/store';
import { strings } from '../../strings';
import { FileButton, PICTURES } from '../../ui/FileButton';

const messages = strings.ownPicture;

/** Says that the picture of the link is its owner's and not here, and takes it from whoever has it. */
export function AbsentPicture({ takesDrops = false }: { readonly takesDrops?: boolean }) {
  const isAbsent = useStore(isPictureAbsent);
  const hasModel = useStore((state) => state.model !== null);
  if (!isAbsent || !hasModel) return null;
  return (
    <section className="problem" role="status" data-testid="absent-picture">
      <p>
        {messages.absent} {takesDrops && messages.drop}
      </p>
      <div className="row">
        <FileButton
          text={strings.input.chooseFile}
          accept={PICTURES}
          onChoose={([file]) => void openImage(file, { kind: 'file', name: file.name })}
        />
        <button type="button" className="quiet" onClick={() => void openDefaultSample()}>
          {messages.sample}
        </button>
      </div>
    </section>
  );
}
