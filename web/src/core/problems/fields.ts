import { Problem, type Reason } from '@/core/api'

/**
 * What is wrong with each field, where the server refused a form for its fields; empty for all other errors. A site of an
 * earlier release says it in English only.
 */
export function fieldReasons(error: unknown): Record<string, Reason> {
  if (!(error instanceof Problem)) return {}
  const { reasons, fields } = error.details as { reasons?: Record<string, Reason>; fields?: Record<string, string> }
  if (reasons) return reasons
  const told = Object.entries(fields ?? {})
  return Object.fromEntries(told.map(([name, problem]) => [name, { code: 'not_as_described', problem }]))
}
