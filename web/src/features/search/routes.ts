import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchText, shellRoute } from '@/core/routing'

/** What the address of the search page says: so a search is a link. */
export interface SearchAddress {
  q?: string
}

export const searchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/search',
  validateSearch: ({ q }: Record<string, unknown>): SearchAddress => ({ q: searchText(q) }),
  component: lazyRouteComponent(() => import('./page/SearchPage'), 'SearchPage'),
  staticData: { title: msg`Search`, fullOnPhone: true },
})
