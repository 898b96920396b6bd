import { type Joining, Problem } from '@/core/api'

/** What stands in the way of joining, as an error like any other. */
export function problemOf({ problem }: Joining): Problem | null {
  return problem && new Problem({ status: 0, ...problem })
}
