import type { Id } from '@/core/api'
import { searchId } from '@/core/routing'

export interface ReturnSearch {
  /** The address inside the app that was asked for before sign-in. */
  to?: string
  /** Whose session it was that ran out there: it is nobody else's address. */
  of?: Id
}

/** Reads the search part of an address. What it says is a stranger's word: `returnAddress` decides. */
export function returnSearch({ to, of }: Record<string, unknown>): ReturnSearch {
  return { to: typeof to === 'string' ? to : undefined, of: searchId(of) }
}

/**
 * Where to go once `person` has signed in. It is checked here, where it is used: the router hands over what stands in
 * the address beside what was validated. Only places inside the app are returned to, whatever a link says.
 */
export function returnAddress({ to, of }: ReturnSearch, person: Id | undefined): string {
  if (typeof to !== 'string' || (of !== undefined && of !== person)) return '/'
  return insideAddress(to) ?? '/'
}

const ownPages = ['/sign-in', '/new-password', '/set-up']
/** Control characters, which browsers leave out when they read an address, and `\`, which they read as `/`. */
const misread = /[\0-\x20\x7f\\]/

function insideAddress(to: string): string | null {
  if (!to.startsWith('/') || misread.test(to)) return null
  try {
    const { origin, pathname, search, hash } = new URL(to, location.origin)
    if (origin !== location.origin || ownPages.includes(pathname.replace(/\/+$/, ''))) return null
    return /^\/(?!\/|%2f|%5c)/i.test(pathname) ? pathname + search + hash : null
  } catch {
    return null
  }
}
