import type { PolicyView } from '@/core/api'

/** Every policy is a number, a switch or one of a few words. */
export type PolicyValue = PolicyView['value']

/** Units of time in which a number of seconds is written, the longest first. */
export const timeUnits = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const
export type TimeUnit = keyof typeof timeUnits

/** A number of seconds in the longest unit that leaves no rest. */
export function asTime(seconds: number): { amount: number; unit: TimeUnit } {
  const units = Object.keys(timeUnits) as TimeUnit[]
  const unit = seconds === 0 ? 'hour' : (units.find(each => seconds % timeUnits[each] === 0) ?? 'second')
  return { amount: seconds / timeUnits[unit], unit }
}

/** The number somebody wrote, where it is a whole one within the bounds; else null. */
export function numberIn(text: string, { least, most }: Pick<PolicyView, 'least' | 'most'>, times = 1): number | null {
  if (!/^\d{1,12}$/.test(text.trim())) return null
  const number = Number(text.trim()) * times
  return number >= (least ?? 0) && number <= (most ?? Number.MAX_SAFE_INTEGER) ? number : null
}

/** Whom a value is about: everybody, a role, or a post. */
export function subjectOf(subject: string): { kind: 'everybody' | 'role' | 'post'; name: string } {
  if (subject.startsWith('role:')) return { kind: 'role', name: subject.slice(5) }
  if (subject.startsWith('post:')) return { kind: 'post', name: subject.slice(5) }
  return { kind: 'everybody', name: '' }
}

/** The value that the unit itself has for these people; null: it has none. */
export function ownValue(policy: PolicyView, subject: string): PolicyValue | null {
  const said = subject === '' ? policy.own : policy.special.find(each => each.subject === subject)
  return said?.value ?? null
}
