import { useCallback, useEffect, useRef, useState } from 'react';
import SignaturePad, { type PointGroup } from 'signature_pad';
import { openImage } from '../../session/picture';
import { useStore } from '../../state/store';
import { strings } from '../../strings';

const SIZE = 280;
/** About 2 to 3 pixels once the digit is 20 pixels high, as in MNIST. */
const STROKE = 22;

function submit(canvas: HTMLCanvasElement, pad: SignaturePad): void {
  if (pad.isEmpty()) return;
  canvas.toBlob((blob) => {
    if (blob !== null) void openImage(blob, { kind: 'drawing' });
  });
}

/** Black ink on white paper; every finished stroke is handed on like a dropped picture. */
export function DrawPad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  /** The strokes before each change, the newest last. */
  const history = useRef<PointGroup[][]>([]);
  const [canUndo, setCanUndo] = useState(false);
  const [isEmpty, setIsEmpty] = useState(true);

  const remember = useCallback((current: SignaturePad): void => {
    // The pad hands out its own array, which the next stroke changes.
    history.current.push([...current.toData()]);
    setCanUndo(true);
  }, []);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const created = new SignaturePad(element, {
      minWidth: STROKE,
      maxWidth: STROKE,
      dotSize: STROKE,
      penColor: 'black',
      backgroundColor: 'white',
    });
    created.addEventListener('beginStroke', () => remember(created));
    created.addEventListener('endStroke', () => {
      setIsEmpty(false);
      submit(element, created);
    });
    pad.current = created;
    return () => created.off();
  }, [remember]);

  const drew = useStore((state) => state.image?.source.kind === 'drawing');
  const undo = (): void => {
    const strokes = history.current.pop();
    if (canvas.current === null || pad.current === null || strokes === undefined) return;
    pad.current.fromData(strokes);
    setCanUndo(history.current.length > 0);
    setIsEmpty(strokes.length === 0);
    submit(canvas.current, pad.current);
  };
  const clear = (): void => {
    if (pad.current === null || pad.current.isEmpty()) return;
    remember(pad.current);
    pad.current.clear();
    setIsEmpty(true);
  };

  return (
    <div className="draw-pad">
      <canvas ref={canvas} width={SIZE} height={SIZE} aria-label={strings.input.padLabel} />
      <div className="row">
        <button type="button" onClick={undo} disabled={!canUndo}>
          {strings.input.undo}
        </button>
        <button type="button" onClick={clear} disabled={isEmpty}>
          {strings.input.clear}
        </button>
      </div>
      <p className="hint">
        {strings.input.padHint} {isEmpty && drew && strings.input.padEmpty}
      </p>
    </div>
  );
}
