import type { Shortcut } from '@/core/keys'

/** By heading, then by what is done; an action may have several keys. */
export function grouped(list: readonly Shortcut[]): [group: string, actions: [label: string, keys: string[]][]][] {
  const groups = new Map<string, Map<string, string[]>>()
  for (const { group, label, keys } of list) {
    const actions = groups.get(group) ?? new Map<string, string[]>()
    const all = actions.get(label) ?? []
    if (!all.includes(keys)) actions.set(label, [...all, keys])
    groups.set(group, actions)
  }
  return [...groups].map(([group, actions]) => [group, [...actions]])
}
