import { QueryClient } from '@tanstack/react-query'
import { Problem } from '@/core/api'

/**
 * Answers of the server outside the live store. Refusals are final; only what may pass is asked again. Without network, asking fails at
 * once and says so, instead of waiting in silence; the network's return asks again.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && navigator.onLine !== false && !isRefusal(error),
    },
    mutations: { networkMode: 'always' },
  },
})

function isRefusal(error: Error): boolean {
  return error instanceof Problem && error.status >= 400 && error.status < 500
}
