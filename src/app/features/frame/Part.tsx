import type { ReactNode } from 'react';
import type { PartName } from '../../state/parts';
import { useStore } from '../../state/store';

/** A part of the page, unless the link hides it. */
export function Part({ name, children }: { readonly name: PartName; readonly children: ReactNode }) {
  return useStore(({ settings }) => settings.hide.includes(name)) ? null : children;
}
