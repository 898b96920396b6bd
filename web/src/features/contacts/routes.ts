import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '@/core/routing'
import { contactsSearch } from './page/search'

export const contactsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts',
  validateSearch: contactsSearch,
  component: lazyRouteComponent(() => import('./page/ContactsPage'), 'ContactsPage'),
  staticData: { title: msg`Contacts` },
})
