import { onSignedOut, request } from '../api/client.ts'
import type { AnswerOf, ChangePreferences, Id, Me, Preferences } from '../api/contract.ts'
import { Problem } from '../api/problem.ts'
import { wipeCache, wipeCachesOfOthers } from '../cache/wipe.ts'
import { forgetMe, rememberedMe, rememberMe } from './remembered.ts'
import { sessionStore } from './session-store.ts'
import { onNewsOfOtherTabs, tellOtherTabs } from './tabs.ts'

/** Whether somebody is signing out now: the session that ends meanwhile does not run out by itself. */
let leaving = false

/** So long who was here last waits for the server before they see what is kept for them. */
const patienceMs = 2_000

/**
 * Find out who is signed in. Without an answer from the server, whoever was signed in last; resolves in any case, and is
 * called again when the server can be reached.
 */
export async function checkSession(): Promise<void> {
  const asked = askWho()
  if (sessionStore.getState().phase !== 'unknown' || !rememberedMe()) return await asked
  // Whoever was here last sees what is kept for them while a bad line keeps them waiting.
  await Promise.race([asked, new Promise(resolve => setTimeout(resolve, patienceMs))])
  if (sessionStore.getState().phase === 'unknown') enterOffline()
}

async function askWho(): Promise<void> {
  try {
    await enter(await request('GET /me'))
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    if (cause.status === 401) loseSession()
    else if (sessionStore.getState().phase !== 'signed_in') enterOffline()
  }
}

/** Take over what `POST /sessions` or `POST /setup` answered. */
export async function acceptSession(answer: AnswerOf<'POST /sessions'> | AnswerOf<'POST /setup'>): Promise<void> {
  await enter(answer.me)
  tellOtherTabs('signed_in')
}

/** Sign out: ends the session, here and in the other tabs, and leaves nothing of it in this browser. */
export async function signOut(): Promise<void> {
  const { me } = sessionStore.getState()
  leaving = true
  tellOtherTabs('leaving')
  await request('DELETE /sessions/{session}', { path: { session: 'current' } }).catch((cause: unknown) => {
    if (cause instanceof Problem && cause.status === 401) return
    leaving = false
    throw cause
  })
  await endSession(me)
}

/** The session was ended from elsewhere: nothing of it may stay in this browser. */
export async function endSession(me: Me | null = sessionStore.getState().me): Promise<void> {
  loseSession({ byChoice: true })
  tellOtherTabs('signed_out')
  forgetMe()
  if (me) await wipeCache(me.person.id)
}

/**
 * The session was ended from elsewhere, by another device or with its password. The person was not asked, so what only this
 * browser has (drafts, unsent messages) stays for when they come back; whoever else signs in here removes it.
 */
export function endSessionElsewhere(): void {
  loseSession()
  tellOtherTabs('signed_out')
}

/** Change preferences: shown at once, taken back when the server refuses. */
export async function changePreferences(change: ChangePreferences): Promise<void> {
  sessionStore.setState(state => ({ pending: { ...state.pending, ...change } }))
  const settle = (me: Me | null) => sessionStore.setState(state => ({ me, pending: without(state.pending, change) }))
  try {
    await request('PATCH /me/preferences', { body: change })
    const { me } = sessionStore.getState()
    settle(me && { ...me, preferences: { ...me.preferences, ...change } })
  } catch (cause) {
    settle(sessionStore.getState().me)
    throw cause
  }
}

/** What the site's log says about me now. */
export function refreshMe(me: Me): void {
  if (sessionStore.getState().phase !== 'signed_in' || sessionStore.getState().me === me) return
  sessionStore.setState({ me })
  rememberMe(me)
}

/** Listen to answers 401 and to the other tabs. Returns the way to stop. */
export function followSession(): () => void {
  const stopAnswers = onSignedOut(() => loseSession())
  const stopTabs = onNewsOfOtherTabs(news => {
    if (news === 'leaving') leaving = true
    else if (news === 'signed_out') loseSession({ byChoice: true })
    else void checkSession()
  })
  return () => {
    stopAnswers()
    stopTabs()
  }
}

async function enter(me: Me): Promise<void> {
  leaving = false
  const before = rememberedMe()
  if (before?.person.id !== me.person.id) await wipeCachesOfOthers(me.person.id)
  rememberMe(me)
  sessionStore.setState({ phase: 'signed_in', me, left: null })
}

function enterOffline(): void {
  const me = rememberedMe()
  sessionStore.setState(me ? { phase: 'signed_in', me } : { phase: 'unreachable', me: null })
}

/**
 * Nobody is signed in any more: somebody signed out, or the session ran out by itself. What is cached stays for when the
 * same person comes back, and is gone for others.
 */
export function loseSession({ byChoice } = { byChoice: false }): void {
  const person = (sessionStore.getState().me ?? rememberedMe())?.person.id
  forgetMe()
  if (sessionStore.getState().phase !== 'signed_out')
    sessionStore.setState({
      phase: 'signed_out',
      me: null,
      left: { person, byChoice: byChoice || leaving },
      pending: {},
    })
}

/** The pending changes left when some were answered; one chosen again meanwhile stays. */
function without(pending: Partial<Preferences>, answered: Partial<Preferences>): Partial<Preferences> {
  const left = Object.entries(pending).filter(([name, value]) => answered[name as keyof Preferences] !== value)
  return Object.fromEntries(left)
}

/** Whose session this is, outside of components. */
export function currentPerson(): Id | null {
  return sessionStore.getState().me?.person.id ?? null
}
