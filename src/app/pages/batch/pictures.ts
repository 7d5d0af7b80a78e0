import { type LabelledImages, valuesOf } from '../../../data';
import { toImageData } from '../../session/test-images';

/** An image as the canvas draws it. */
export function imageDataOf({ shape, pixels }: LabelledImages, index: number): ImageData {
  const size = valuesOf(shape);
  return toImageData(pixels.subarray(index * size, (index + 1) * size), shape);
}

/** An image as a picture file with exactly its pixels. */
export function imageFileOf(images: LabelledImages, index: number): Promise<Blob> {
  const data = imageDataOf(images, index);
  const canvas = new OffscreenCanvas(data.width, data.height);
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
