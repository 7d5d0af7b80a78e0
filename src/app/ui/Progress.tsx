import type { ReactNode } from 'react';
import styles from './Progress.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** In [0, 1]; undefined while it is not known how much there is to do. */
  readonly share: number | undefined;
}

export const ProgressBar = ({ label, share }: ProgressBarProps) => (
  <progress
    className={styles.bar}
    aria-label={label}
    {...(share === undefined ? {} : { max: 1, value: share })}
  />
);

interface ProgressProps extends ProgressBarProps {
  /** Only while it is `running` or `loading` there is a bar; its place stays. */
  readonly status: string | undefined;
  /** How far it is, in words. */
  readonly text: ReactNode;
  /** What can be done about it. */
  readonly buttons: ReactNode;
  readonly children?: ReactNode;
}

/** How far something is: words, buttons to hold it, and a bar. */
export const Progress = ({ label, share, status, text, buttons, children }: ProgressProps) => (
  <div className={styles.progress} data-progress data-status={status}>
    <div className={styles.line}>
      {text}
      {buttons}
    </div>
    <ProgressBar label={label} share={share} />
    {children}
  </div>
);
