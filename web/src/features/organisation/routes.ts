import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withLaterWords } from '@/core/i18n'
import { shellRoute } from '@/core/routing'
import { organisationSearch } from './page/search'

const title = msg`Administration`
const page = lazyRouteComponent(() => withLaterWords(import('./page/OrganisationPage')), 'OrganisationPage')

export const organisationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organisation',
  validateSearch: organisationSearch,
  component: page,
  staticData: { title },
})

export const organisationSectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organisation/$section',
  validateSearch: organisationSearch,
  component: page,
  staticData: { title, fullOnPhone: true },
})
