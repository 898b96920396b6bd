import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { bareRoute, rootRoute, shellRoute } from '@/core/routing'
import { galleryRoute } from './dev/routes'
import { NotFoundPage } from './pages/NotFoundPage'
import { ProblemPage } from './pages/ProblemPage'

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/dev/ui', replace: true })
  },
})

const routeTree = rootRoute.addChildren([homeRoute, bareRoute, shellRoute, galleryRoute])

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: ProblemPage,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
