/** Who is signed in, and their preferences. */

export { askToSignOut, leavingStore, stayIn } from './leaving.ts'
export { startLocale, useMyLocale } from './my-locale.ts'
export {
  acceptSession,
  changePreferences,
  checkSession,
  currentPerson,
  endSession,
  endSessionElsewhere,
  followSession,
  loseSession,
  refreshMe,
  signOut,
} from './session.ts'
export {
  preferenceOf,
  type SessionPhase,
  type SessionState,
  sessionStore,
  useMe,
  usePreference,
  useSessionPhase,
} from './session-store.ts'
