import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withLaterWords } from '@/core/i18n'
import { bareRoute } from '@/core/routing'

export const setUpRoute = createRoute({
  getParentRoute: () => bareRoute,
  path: '/set-up',
  component: lazyRouteComponent(() => withLaterWords(import('./SetUpPage')), 'SetUpPage'),
  staticData: { title: msg`Set up your company` },
})
