import { activateLocale, firstLocale } from '@/core/i18n'
import { shortcuts } from '@/core/keys'
import { followSession, type SessionState, sessionStore } from '@/core/session'
import { fillSlots } from '@/core/slots'
import { installCompanions, installSlices } from '@/log'
import { companions, fillings } from './features'
import { followCalls, keepClient } from './keep-client'
import { queryClient } from './query-client'
import { router } from './router'
import { slices } from './slices'

/** What runs as long as the page is open, beside what is drawn. */
export function start(): void {
  installSlices(slices)
  installCompanions(companions)
  fillSlots(fillings)
  window.addEventListener('keydown', shortcuts.handle)
  followSession()
  keepClient()
  followCalls(path => void router.navigate({ to: path }))
  sessionStore.subscribe((now, before) => {
    const isSame = now.phase === before.phase && mustChoose(now) === mustChoose(before)
    if (isSame || before.phase === 'unknown') return
    // Signed in or out, here or in another tab: the guard decides anew which page may be shown.
    if (now.phase === 'signed_out') queryClient.clear()
    // The next person reads the sign-in page in the language of the device, not in that of the last one.
    if (now.phase === 'signed_out' && now.left?.byChoice) void activateLocale(firstLocale())
    void router.invalidate()
  })
}

function mustChoose({ me }: SessionState): boolean {
  return me?.must_change_password ?? false
}
