import { type CSSProperties, useEffect, useRef, useState } from 'react';
import ReactCrop from 'react-image-crop';
import { type Crop, cropShares, largestCrop, SMALLEST_CROP, takesCrop, zoomCrop } from '../../../image';
import { moveCrop } from '../../session/crop';
import { type CurrentImage, useStore } from '../../state/store';
import { strings } from '../../strings';
import { RangeField } from '../../ui/fields';
import { usePinch, useWheel, zoomByKey } from './zoom-gestures';

/** Height at which a picture is shown, in pixels, unless it is too wide for that. */
const HEIGHT = 200;

const { corners, handle } = strings.crop;
const ARIA_LABELS = {
  cropArea: strings.crop.area,
  nwDragHandle: handle(corners.nw),
  neDragHandle: handle(corners.ne),
  swDragHandle: handle(corners.sw),
  seDragHandle: handle(corners.se),
  // With a fixed aspect there are corners alone.
  nDragHandle: '',
  eDragHandle: '',
  sDragHandle: '',
  wDragHandle: '',
};

/** Chooses the part of a photo that the model sees. Nothing for models and pictures that leave no choice. */
export function CropEditor() {
  const image = useStore((state) => state.image);
  const input = useStore((state) => state.model?.card.input);
  if (image === null || input === undefined || !takesCrop(input.preparation)) return null;
  const [height, width] = input.shape;
  if (image.width === width && image.height === height) return null;
  return <Editor key={image.key} image={image} aspect={width / height} />;
}

function Editor({ image, aspect }: { image: CurrentImage; aspect: number }) {
  const draft = useStore((state) => state.cropDraft);
  const crop = draft?.crop ?? image.crop ?? largestCrop(image, aspect);
  const frame = useRef<HTMLElement>(null);
  const url = useObjectUrl(image.file);
  // Two moves of a finger may come before the first of them is drawn.
  const newest = (): Crop => useStore.getState().cropDraft?.crop ?? crop;
  const zoom = (factor: number): void => moveCrop(zoomCrop(image, newest(), factor, aspect));
  const pinch = usePinch(zoom);
  useWheel(frame, zoom);

  const shares = cropShares(image, crop, aspect);
  const percent = {
    unit: '%' as const,
    x: 100 * shares.x,
    y: 100 * shares.y,
    width: 100 * shares.width,
    height: 100 * shares.height,
  };
  const ratio = image.width / image.height;
  const size: CSSProperties = { width: `min(100%, ${HEIGHT * ratio}px)`, aspectRatio: ratio };
  return (
    <section
      ref={frame}
      className="crop-editor"
      aria-label={strings.crop.heading}
      onKeyDown={zoomByKey(zoom)}
    >
      <div className="crop-frame" {...pinch.handlers}>
        {url !== null && (
          <ReactCrop
            crop={percent}
            aspect={aspect}
            style={size}
            keepSelection
            disabled={pinch.active}
            minWidth={12}
            minHeight={12}
            ariaLabels={ARIA_LABELS}
            onChange={(_, moved) => moveCrop(fromPercent(moved, shares.width / crop.size))}
          >
            <img src={url} alt="" draggable={false} />
          </ReactCrop>
        )}
      </div>
      <SizeSlider
        crop={crop}
        onSize={(size) => zoom(size / newest().size)}
        onLargest={() => moveCrop(largestCrop(image, aspect))}
      />
    </section>
  );
}

/** @param largest width of the largest crop as a part of the picture's. */
function fromPercent(moved: { x: number; y: number; width: number }, largest: number): Crop {
  return { x: moved.x / 100, y: moved.y / 100, size: moved.width / 100 / largest };
}

interface SizeSliderProps {
  readonly crop: Crop;
  readonly onSize: (size: number) => void;
  readonly onLargest: () => void;
}

function SizeSlider({ crop, onSize, onLargest }: SizeSliderProps) {
  const percent = Math.round(100 * crop.size);
  return (
    <div className="crop-size">
      <RangeField
        label={strings.crop.size}
        min={100 * SMALLEST_CROP}
        max={100}
        value={percent}
        valueText={strings.crop.sizeText(`${percent} %`)}
        onChange={(value) => onSize(value / 100)}
      />
      <button type="button" className="quiet" onClick={onLargest}>
        {strings.crop.all}
      </button>
    </div>
  );
}

function useObjectUrl(file: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const created = URL.createObjectURL(file);
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [file]);
  return url;
}
