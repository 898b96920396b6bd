import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '@/core/routing'

/** The kit on one page: every component in its states. Looked at by people and by the screenshot tests. */
export const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dev/ui',
  component: lazyRouteComponent(() => import('./GalleryPage'), 'GalleryPage'),
})
