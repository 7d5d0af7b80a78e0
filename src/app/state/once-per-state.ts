import type { AppState } from './store';

/** The same answer for the same state: many parts of the page ask the same of each. */
export function oncePerState<T>(select: (state: AppState) => T): (state: AppState) => T {
  const answers = new WeakMap<AppState, { readonly answer: T }>();
  return (state) => {
    const known = answers.get(state);
    if (known !== undefined) return known.answer;
    const answer = select(state);
    answers.set(state, { answer });
    return answer;
  };
}
