import { sessionStore } from '@/core/session'
import { forget, remember, remembered } from '@/ui/device-memory'

const most = 8

/** What was searched for on this device by who is signed in, the last first. It goes nowhere else. */
export function recentSearches(): string[] {
  try {
    const found: unknown = JSON.parse(remembered(name()) ?? '[]')
    return Array.isArray(found) ? found.filter(each => typeof each === 'string').slice(0, most) : []
  } catch {
    return []
  }
}

export function rememberSearch(query: string): void {
  const text = query.trim()
  if (text) remember(name(), JSON.stringify([text, ...recentSearches().filter(each => each !== text)].slice(0, most)))
}

export function forgetSearches(): void {
  forget(name())
}

function name(): string {
  return `bilin.searches.${sessionStore.getState().me?.person.id ?? ''}`
}
