import { useEffect } from 'react';
import { useNotified } from '../state/gate';
import type { QueryResult } from './definition';
import type { Query } from './query';

/**
 * Selects from the newest result of a request, and asks for it while the component is there.
 *
 * @param request null where nothing is asked
 * @param isEnabled false: what is known is read, and nothing is run for it
 */
export function useQuery<Request, Data, T>(
  query: Query<Request, Data>,
  request: Request | null,
  select: (result: QueryResult<Data>) => T,
  isEnabled = true,
): T {
  useObserved(query, request, isEnabled);
  return useNotified(query.subscribe, () => select(query.read(request)));
}

/** Asks for an answer while the component is there. */
export function useObserved<Request, Data>(
  query: Query<Request, Data>,
  request: Request | null,
  isEnabled = true,
): void {
  const { definition } = query;
  const asked = isEnabled ? request : null;
  const key = asked && definition.key(asked);
  const parts = asked && definition.parts?.(asked).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: requests of the same key and parts are the same
  useEffect(() => (asked === null ? undefined : query.observe(asked)), [query, key, parts]);
}
