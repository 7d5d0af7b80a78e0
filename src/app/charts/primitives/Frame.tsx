import { type ReactNode, type RefObject, type SVGProps, useId } from 'react';
import styles from './Frame.module.css';

/** Size of a drawing and the edges of the area within its margins, in CSS pixels. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Narrower charts have no room for names beside what they name. */
const NARROW = 520;

export const isNarrow = (width: number): boolean => width < NARROW;

interface FrameProps
  extends Pick<SVGProps<SVGSVGElement>, 'onPointerDown' | 'onPointerMove' | 'onPointerUp'> {
  /** From `useWidth`, which measures it. */
  readonly container: RefObject<HTMLDivElement | null>;
  readonly plot: Pick<Plot, 'width' | 'height'>;
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
  /** More of it, said after the label. */
  readonly description?: string;
  /** A group, where marks in it can be reached by the keyboard. */
  readonly role?: 'img' | 'group';
  /** What the pointer does: drag something sideways, draw, move handles, press on marks, or nothing. */
  readonly pointer?: 'drag' | 'draw' | 'handles' | 'press' | 'none';
  readonly children: ReactNode;
}

/** The drawing of a chart, as wide as there is room, with its name for those who do not see it. */
export function Frame(props: FrameProps) {
  const {
    container,
    plot,
    label,
    description,
    role = 'img',
    pointer = 'none',
    children,
    ...handlers
  } = props;
  const id = useId();
  const { width, height } = plot;
  return (
    <div ref={container} className={styles.frame} data-pointer={pointer} data-result>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role={role}
        aria-label={label}
        aria-describedby={description === undefined ? undefined : id}
        {...handlers}
      >
        {description !== undefined && <desc id={id}>{description}</desc>}
        {children}
      </svg>
    </div>
  );
}

/** What is drawn within the margins alone. @param radius of the corners */
export function Clip({
  plot: { left, right, top, bottom },
  radius,
  children,
}: {
  readonly plot: Omit<Plot, 'width' | 'height'>;
  readonly radius?: number;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <>
      <clipPath id={id}>
        <rect x={left} y={top} width={right - left} height={bottom - top} rx={radius} />
      </clipPath>
      <g clipPath={`url(#${id})`}>{children}</g>
    </>
  );
}
