/** Returns the result of the last call for the same arguments. */
export function memoizeLatest<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { readonly given: Arguments; readonly result: Result } | undefined;
  return (...given) => {
    if (last === undefined || given.some((each, i) => each !== last?.given[i])) {
      last = { given, result: compute(...given) };
    }
    return last.result;
  };
}
