export interface ReturnSearch {
  /** The address inside the app that was asked for before sign-in. */
  to?: string
}

/** Checks the search part of an address: only places inside the app are returned to, whatever a link says. */
export function returnSearch(search: Record<string, unknown>): ReturnSearch {
  const { to } = search
  return typeof to === 'string' && isInside(to) ? { to } : {}
}

/** Where to go after sign-in. */
export function returnAddress({ to }: ReturnSearch): string {
  return to ?? '/'
}

function isInside(address: string): boolean {
  if (!address.startsWith('/') || /^\/[/\\]/.test(address)) return false
  try {
    const { origin, pathname } = new URL(address, location.origin)
    return origin === location.origin && pathname !== '/sign-in'
  } catch {
    return false
  }
}
