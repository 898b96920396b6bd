import type { Id, Reaction } from '../../../core/api/contract.ts'
import { compareIds } from '../../../core/api/ids.ts'

/** Set or clear one person's reaction. People stand in the order of their reactions, emoji in the order of their first. */
export function setReaction(
  reactions: readonly Reaction[],
  emoji: string,
  person: Id,
  id: Id,
  present: boolean,
): Reaction[] {
  const of = reactions.find(reaction => reaction.emoji === emoji) ?? { emoji, people: [], ids: [] }
  const entries = of.people.map((who, index): [Id, Id] => [who, of.ids[index] ?? '0']).filter(([who]) => who !== person)
  if (present) entries.push([person, id])
  entries.sort((a, b) => compareIds(a[1], b[1]))
  const changed = { emoji, people: entries.map(([who]) => who), ids: entries.map(([, reacted]) => reacted) }
  return [...reactions.filter(reaction => reaction.emoji !== emoji), changed]
    .filter(reaction => reaction.people.length > 0)
    .sort((a, b) => compareIds(a.ids[0] ?? '0', b.ids[0] ?? '0'))
}

/** The id of a person's reaction, when it is there. */
export function reactionId(reactions: readonly Reaction[], emoji: string, person: Id): Id | undefined {
  const of = reactions.find(reaction => reaction.emoji === emoji)
  return of?.ids[of.people.indexOf(person)]
}
