import { forget, remember, remembered } from '@/ui/device-memory'
import type { Me } from '../api/contract.ts'

/** Who was signed in last in this browser, so that a start without network shows their last known state. */
const stored = 'bilin.me'

export function rememberMe(me: Me): void {
  remember(stored, JSON.stringify(me))
}

export function forgetMe(): void {
  forget(stored)
}

export function rememberedMe(): Me | null {
  try {
    return JSON.parse(remembered(stored) ?? 'null') as Me | null
  } catch {
    return null
  }
}
