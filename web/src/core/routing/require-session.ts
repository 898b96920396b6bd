import { type ParsedLocation, redirect } from '@tanstack/react-router'
import { offlineCode, Problem } from '@/core/api'
import { checkSession, sessionStore } from '@/core/session'

interface Asked {
  location: ParsedLocation
}

/**
 * Lets only those pass who are signed in with a password of their own; others sign in, or choose one, first and come
 * back to where they wanted to go. Who signed out does not: what stood there is nothing for the next person.
 */
export async function requireSession({ location }: Asked): Promise<void> {
  const { phase, me, left } = await askedSession()
  const to = location.href === '/' ? undefined : location.href
  if (phase === 'signed_in' && !me?.must_change_password) return
  if (phase === 'signed_in') throw redirect({ to: '/new-password', search: { to, of: me?.person.id }, replace: true })
  if (phase === 'signed_out') {
    const search = left?.byChoice ? {} : { to, of: left?.person }
    throw redirect({ to: '/sign-in', search, replace: true })
  }
  throw unreachable()
}

/** Lets only those pass who still have to choose a password of their own. */
export async function requireChoice(): Promise<void> {
  const { phase, me } = await askedSession()
  if (phase === 'signed_in' && !me?.must_change_password) throw redirect({ to: '/', replace: true })
  if (phase === 'signed_out') throw redirect({ to: '/sign-in', search: {}, replace: true })
  if (phase !== 'signed_in') throw unreachable()
}

async function askedSession() {
  const asked = sessionStore.getState().phase
  if (asked === 'unknown' || asked === 'unreachable') await checkSession()
  return sessionStore.getState()
}

function unreachable(): Problem {
  return new Problem({ code: offlineCode, title: 'The server cannot be reached' })
}
