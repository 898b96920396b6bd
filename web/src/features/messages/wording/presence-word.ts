import { t } from '@lingui/core/macro'
import type { Presence } from '@/core/api'

/** Call it while rendering, so that it follows the language. */
export function presenceWord(presence: Presence): string {
  if (presence === 'online') return t`Online`
  return presence === 'away' ? t`Away` : t`Offline`
}
