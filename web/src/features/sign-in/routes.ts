import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { bareRoute, requireChoice } from '@/core/routing'
import { returnSearch } from './entry/return-address'

/** Only for who signed in with a password that somebody else gave. */
export const newPasswordRoute = createRoute({
  getParentRoute: () => bareRoute,
  path: '/new-password',
  validateSearch: returnSearch,
  beforeLoad: requireChoice,
  component: lazyRouteComponent(() => import('./new-password/NewPasswordPage'), 'NewPasswordPage'),
  staticData: { title: msg`Choose your own password` },
})

export const signInRoute = createRoute({
  getParentRoute: () => bareRoute,
  path: '/sign-in',
  validateSearch: returnSearch,
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
  staticData: { title: msg`Sign in` },
})
