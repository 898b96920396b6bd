import { msg } from '@lingui/core/macro'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withLaterWords } from '@/core/i18n'
import { shellRoute } from '@/core/routing'

const title = msg`Settings`
const page = lazyRouteComponent(() => withLaterWords(import('./SettingsPage')), 'SettingsPage')

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: page,
  staticData: { title },
})

export const settingsSectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/$section',
  component: page,
  staticData: { title, fullOnPhone: true },
})
