import { useQueries } from '@tanstack/react-query'
import type { AccountLine, Id } from '@/core/api'
import { liveQuery } from '@/log'

/** As many as a page of people has. */
const pageSize = 200

/** The accounts of pages of people, by whose each is; `afters`: behind whom each page begins. What has not come yet is left out. */
export function useAccounts(unit: Id, inactive: boolean, afters: readonly (Id | null)[]): ReadonlyMap<Id, AccountLine> {
  return useQueries({
    queries: afters.map(after =>
      liveQuery(['org', 'accounts', unit, inactive, after], ask =>
        ask('GET /org/accounts', { query: { unit, inactive, limit: pageSize, after: after ?? undefined } }),
      ),
    ),
    combine: pages =>
      new Map(pages.flatMap(({ data }) => data?.accounts.map(account => [account.person, account] as const) ?? [])),
  })
}
