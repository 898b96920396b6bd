import { Problem } from '@/core/api'

/** What is wrong with each field, where the server refused a form for its fields; empty for all other errors. */
export function fieldReasons(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {}
  const fields = error.details.fields
  if (!fields || typeof fields !== 'object') return {}
  return Object.fromEntries(Object.entries(fields).map(([name, reason]) => [name, String(reason)]))
}
