import type { Id } from '@/core/api'

/**
 * A search parameter as text. The router hands over as numbers what it can write back unchanged; everything else,
 * ids too long for a number among it, comes as text.
 */
export function searchText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A search parameter that is an id; undefined when it is none. */
export function searchId(value: unknown): Id | undefined {
  const text = searchText(value)
  return text !== undefined && /^-?\d{1,19}$/.test(text) ? text : undefined
}
