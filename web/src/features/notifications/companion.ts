import { currentPerson } from '@/core/session'
import type { Companion } from '@/log'
import { type Said, saidByOthers } from './judging'
import { followPermission } from './permission'
import { followFocus } from './tabs'

type Calling = typeof import('./calling')

let calling: Calling | undefined
let isFollowing = false

/** Calls who looks elsewhere. What it takes is fetched with the first message that does. */
export const caller: Companion = {
  start() {
    if (isFollowing) return
    isFollowing = true
    followFocus()
    void followPermission()
  },
  stop: () => calling?.stopCalling(),
  onEvents(events) {
    const me = currentPerson()
    if (me === null || document.hasFocus()) return
    const said = saidByOthers(events, me)
    if (said.length > 0) void callSoon(said, me)
  },
}

async function callSoon(said: readonly Said[], me: string): Promise<void> {
  calling ??= await import('./calling')
  calling.callSoon(said, me)
}
