import { CSPProvider } from '@base-ui/react/csp-provider'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { useLingui } from '@lingui/react/macro'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode } from 'react'
import { ToastRegion, TooltipProvider } from '@/ui'
import { queryClient } from './query-client'
import { router } from './router'

export function App() {
  return (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={queryClient}>
          <KitProviders>
            <RouterProvider router={router} />
          </KitProviders>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>
  )
}

/** What the kit needs around it. The server's content security policy forbids style elements made at run time. */
function KitProviders({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  return (
    <CSPProvider disableStyleElements>
      <TooltipProvider>
        {children}
        <ToastRegion closeLabel={t`Close`} />
      </TooltipProvider>
    </CSPProvider>
  )
}
