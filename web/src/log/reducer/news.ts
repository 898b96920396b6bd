import type { State } from './state.ts'

/** Whether an event type is of a topic: a type, or what types begin with before a dot ("org", "org.unit_changed"). */
export function isOf(type: string, topic: string): boolean {
  return type === topic || type.startsWith(`${topic}.`)
}

/** The position of the last event of these topics that came since everything was fetched; 0 for none. */
export function newsOf(state: Pick<State, 'news'> | null, topics: readonly string[]): number {
  let last = 0
  for (const [type, pos] of Object.entries(state?.news ?? {})) {
    if (pos > last && topics.some(topic => isOf(type, topic))) last = pos
  }
  return last
}
