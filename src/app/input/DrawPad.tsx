import { useEffect, useRef } from 'react';
import SignaturePad from 'signature_pad';
import { openImage } from '../session/session';
import { strings } from '../strings';

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
    created.addEventListener('endStroke', () => submit(element, created));
    pad.current = created;
    return () => created.off();
  }, []);

  const undo = (): void => {
    if (canvas.current === null || pad.current === null) return;
    pad.current.fromData(pad.current.toData().slice(0, -1));
    submit(canvas.current, pad.current);
  };

  return (
    <div className="draw-pad">
      <canvas ref={canvas} width={SIZE} height={SIZE} aria-label={strings.input.padLabel} />
      <div className="row">
        <button type="button" onClick={undo}>
          {strings.input.undo}
        </button>
        <button type="button" onClick={() => pad.current?.clear()}>
          {strings.input.clear}
        </button>
      </div>
      <p className="hint">{strings.input.padHint}</p>
    </div>
  );
}
