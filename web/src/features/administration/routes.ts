import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withLaterWords } from '@/core/i18n'
import { shellRoute } from '@/core/routing'
import { administrationSearch } from './search'

const title = msg`Administration`
const page = lazyRouteComponent(() => withLaterWords(import('./AdministrationPage')), 'AdministrationPage')

export const administrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administration',
  validateSearch: administrationSearch,
  component: page,
  staticData: { title },
})

export const administrationSectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/administration/$section',
  validateSearch: administrationSearch,
  component: page,
  staticData: { title, fullOnPhone: true },
})
