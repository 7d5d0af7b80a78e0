/** Where a pointer is in a drawing of this width in its own units, however large it is shown. */
export function pointWithin(
  drawing: Element,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  width: number,
): [number, number] {
  const box = drawing.getBoundingClientRect();
  const scale = width / box.width;
  return [scale * (clientX - box.left), scale * (clientY - box.top)];
}
