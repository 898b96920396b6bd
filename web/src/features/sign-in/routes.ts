import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { bareRoute } from '@/core/routing'
import { returnSearch } from './entry/return-address'

export const signInRoute = createRoute({
  getParentRoute: () => bareRoute,
  path: '/sign-in',
  validateSearch: returnSearch,
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
  staticData: { title: msg`Sign in` },
})
