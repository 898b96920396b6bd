import { queryOptions } from '@tanstack/react-query'
import { type Id, type PolicyValueBody, request } from '@/core/api'

/** What a value would change; `body` null: nothing is to be asked. */
export function effectQuery(policy: string, unit: Id, body: PolicyValueBody | null) {
  return queryOptions({
    queryKey: ['policy-effect', policy, unit, body],
    gcTime: 0,
    queryFn: ({ signal }) =>
      request(
        'POST /policies/{policy}/units/{unit}/effect',
        { path: { policy, unit }, body: body as PolicyValueBody },
        { signal },
      ),
    enabled: body !== null,
    retry: false,
  })
}
