/** More letters than this have no room on a picture. */
const MOST = 4;

/** The least that tells each label from all others: its first letters, at most MOST of them. */
export function shortLabels(labels: readonly string[]): string[] {
  return labels.map((label, i) => {
    const isTaken = (start: string): boolean =>
      labels.some((other, j) => j !== i && other.toLowerCase().startsWith(start.toLowerCase()));
    const most = Math.min(MOST, label.length);
    for (let length = 1; length < most; length++) {
      const start = label.slice(0, length);
      if (!isTaken(start)) return start;
    }
    return label.slice(0, most);
  });
}
