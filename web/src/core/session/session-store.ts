import { create } from 'zustand'
import type { Id, Me, Preferences } from '../api/contract.ts'

/**
 * Who uses this browser. `unknown`: not asked yet; `unreachable`: the server did not answer and nobody was signed in here
 * before; `signed_in` may rest on what is remembered from last time while the server cannot be reached.
 */
export type SessionPhase = 'unknown' | 'unreachable' | 'signed_out' | 'signed_in'

export interface Left {
  /** Whose session it was, where that is known. */
  person?: Id
  byChoice: boolean
}

export interface SessionState {
  phase: SessionPhase
  /** Set while signed in. */
  me: Me | null
  /** Why nobody is signed in any more: who signed out, or whose session ran out by itself. */
  left: Left | null
  /** Preferences I just changed, shown before the server has confirmed them. */
  pending: Partial<Preferences>
}

export const sessionStore = create<SessionState>()(() => ({ phase: 'unknown', me: null, left: null, pending: {} }))

export function useSessionPhase(): SessionPhase {
  return sessionStore(state => state.phase)
}

/** Me, on screens that only who is signed in sees. */
export function useMe(): Me {
  const me = sessionStore(state => state.me)
  if (!me) throw new Error('useMe is for screens behind the sign-in')
  return me
}

const initialPreferences: Preferences = {
  locale: null,
  theme: 'system',
  send_key: 'enter',
  density: 'comfortable',
  text_scale: 100,
  notify: 'all',
  notify_sound: false,
  quiet_until: 0,
}

/** One of my preferences, as last chosen here; the initial value while nobody is signed in. */
export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return sessionStore(state => preferenceOf(state, name))
}

export function preferenceOf<K extends keyof Preferences>(
  state: Pick<SessionState, 'me' | 'pending'>,
  name: K,
): Preferences[K] {
  return state.pending[name] ?? state.me?.preferences[name] ?? initialPreferences[name]
}
