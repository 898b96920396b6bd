import { useSessionPhase } from '@/core/session'
import { Shell } from './Shell'

/** When the session ends, nothing of it is shown for another moment; the router then leads to the sign-in. */
export function ShellGate() {
  return useSessionPhase() === 'signed_in' ? <Shell /> : null
}
