import { useCallback } from 'react';
import type { LabelledImages } from '../../../data';
import { Thumbnail } from '../../ui/Thumbnail';
import { imageDataOf } from './pictures';

interface SetThumbnailProps {
  readonly images: LabelledImages;
  readonly index: number;
  /** In words; empty where they stand beside it. */
  readonly alt?: string;
}

/** One image of a set. */
export function SetThumbnail({ images, index, alt = '' }: SetThumbnailProps) {
  const load = useCallback(() => imageDataOf(images, index), [images, index]);
  const [height, width] = images.shape;
  return <Thumbnail width={width} height={height} load={load} alt={alt} className="dataset-thumbnail" />;
}
