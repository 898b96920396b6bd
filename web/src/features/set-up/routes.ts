import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { bareRoute } from '@/core/routing'

export const setUpRoute = createRoute({
  getParentRoute: () => bareRoute,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./SetUpPage'), 'SetUpPage'),
  staticData: { title: msg`Set up your company` },
})
