import { sessionStore } from '@/core/session'
import { logStore } from '@/log'

/** Where the server is away nothing comes, and what says so must. */
const longestMs = 10_000

/**
 * Does what is for later once what somebody waits for stands there: the list, or the page to sign in. On a slow line all that is fetched
 * before takes its time from that. Returns what calls it off.
 */
export function afterFirstPicture(run: () => void): () => void {
  const isThere = () => logStore.getState().log !== null || sessionStore.getState().phase === 'signed_out'
  const stops: (() => void)[] = []
  const stop = () => {
    for (const each of stops.splice(0)) each()
  }
  const go = () => {
    stop()
    run()
  }
  const look = () => isThere() && go()
  const timer = setTimeout(go, longestMs)
  stops.push(logStore.subscribe(look), sessionStore.subscribe(look), () => clearTimeout(timer))
  look()
  return stop
}
