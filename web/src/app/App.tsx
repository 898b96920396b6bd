import { CSPProvider } from '@base-ui/react/csp-provider'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense, useEffect, useState } from 'react'
import { afterFirstPicture } from './first-picture'
import { queryClient } from './query-client'
import { router } from './router'

const Overlays = lazy(() => import('./Overlays').then(module => ({ default: module.Overlays })))

export function App() {
  const [isCalm, setCalm] = useState(false)
  useEffect(() => afterFirstPicture(() => setCalm(true)), [])
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          {/* The server's content security policy wants no style elements made at run time. */}
          <CSPProvider disableStyleElements>
            <RouterProvider router={router} />
            <Suspense>{isCalm && <Overlays />}</Suspense>
          </CSPProvider>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>
  )
}
