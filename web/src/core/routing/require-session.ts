import { type ParsedLocation, redirect } from '@tanstack/react-router'
import { offlineCode, Problem } from '@/core/api'
import { checkSession, sessionStore } from '@/core/session'

/** Lets only those pass who are signed in; others sign in first and come back to where they wanted to go. */
export async function requireSession({ location }: { location: ParsedLocation }): Promise<void> {
  const asked = sessionStore.getState().phase
  if (asked === 'unknown' || asked === 'unreachable') await checkSession()
  const { phase } = sessionStore.getState()
  if (phase === 'signed_in') return
  if (phase === 'signed_out') {
    const to = location.href === '/' ? undefined : location.href
    throw redirect({ to: '/sign-in', search: { to }, replace: true })
  }
  throw new Problem({ code: offlineCode, title: 'The server cannot be reached' })
}
