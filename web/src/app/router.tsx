import { createRoute, createRouter, parseSearchWith, redirect, stringifySearchWith } from '@tanstack/react-router'
import { bareRoute, rootRoute, shellRoute } from '@/core/routing'
import { administrationRoute, administrationSectionRoute } from '@/features/administration'
import { contactsRoute } from '@/features/contacts'
import { conversationRoute, messagesRoute } from '@/features/messages'
import { searchRoute } from '@/features/search'
import { setUpRoute } from '@/features/set-up'
import { settingsRoute, settingsSectionRoute } from '@/features/settings'
import { newPasswordRoute, signInRoute } from '@/features/sign-in'
import { galleryRoute } from './dev/routes'
import { NotFoundPage } from './pages/NotFoundPage'
import { ProblemPage } from './pages/ProblemPage'
import { Root } from './Root'
import { ShellGate } from './shell/ShellGate'

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/messages', replace: true })
  },
})

rootRoute.update({ component: Root })
shellRoute.update({ component: ShellGate })

const routeTree = rootRoute.addChildren([
  homeRoute,
  // For who works on the kit: a built client does not have it.
  ...(import.meta.env.DEV ? [galleryRoute] : []),
  bareRoute.addChildren([signInRoute, newPasswordRoute, setUpRoute]),
  shellRoute.addChildren([
    messagesRoute.addChildren([conversationRoute]),
    contactsRoute,
    searchRoute,
    administrationRoute,
    administrationSectionRoute,
    settingsRoute,
    settingsSectionRoute,
  ]),
])

export const router = createRouter({
  routeTree,
  // Search parameters are plain text: read as numbers, ids would lose their last digits.
  parseSearch: parseSearchWith(text => text),
  stringifySearch: stringifySearchWith(String),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: ProblemPage,
  // Pages show their own skeletons in their own geometry; nothing flashes in between.
  defaultPendingMs: 1_000,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
