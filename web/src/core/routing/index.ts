import type { MessageDescriptor } from '@lingui/core'
import { createRootRoute, createRoute } from '@tanstack/react-router'
import { requireSession } from './require-session'

/**
 * What routes hang on. They have no views here: the app gives them (src/app/router.tsx), and features hang their own
 * routes below without knowing the app.
 */
export const rootRoute = createRootRoute()

/** Pages inside the shell: only for those who are signed in. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', beforeLoad: requireSession })

/** Pages without the shell: sign-in and set-up. */
export const bareRoute = createRoute({ getParentRoute: () => rootRoute, id: 'bare' })

export { requireChoice } from './require-session'
export { searchId, searchText } from './search'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** On phones the page takes the whole screen, without top and bottom bars; it must offer a way back. */
    fullOnPhone?: boolean
    /** Shown in the browser's tab, in the reader's language. */
    title?: MessageDescriptor
  }
}
