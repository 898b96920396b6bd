import { QueryClient } from '@tanstack/react-query'
import { Problem } from '@/core/api'

/** Answers of the server outside the live store. Refusals are final; only what may pass is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
})
