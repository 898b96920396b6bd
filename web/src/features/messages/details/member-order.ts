import type { Id, Person, Role } from '@/core/api'
import type { Roster } from '@/log'
import type { useMatching } from '../people/useMatching'

export type Listed = Roster[number]

const rank: Record<Role, number> = { owner: 0, admin: 1, member: 2 }

/** Members as they are listed: the owner, administrators, then all others, each by name; those that fit the query. */
export function listedMembers(
  members: Roster,
  people: Readonly<Record<Id, Person>>,
  query: string,
  matching: ReturnType<typeof useMatching>,
): Roster {
  const nameOf = (member: Listed) => people[member.person]?.pinyin || people[member.person]?.name || ''
  const needle = matching?.needleOf(query)
  const fits = (member: Listed) => {
    const person = people[member.person]
    if (!matching || !needle?.name) return true
    return person && matching.matchRank(matching.knownHaystackOf(person.name, person.pinyin), needle) !== null
  }
  return members.filter(fits).sort((a, b) => rank[a.role] - rank[b.role] || nameOf(a).localeCompare(nameOf(b)))
}

/** What somebody of a role may do to another member. */
export function memberActions(myRole: Role, member: Listed, me: Id): { role: boolean; hand: boolean; remove: boolean } {
  const other = member.person !== me
  const owner = other && myRole === 'owner'
  return {
    role: owner && member.role !== 'owner',
    hand: owner,
    remove: other && member.role !== 'owner' && (owner || (myRole === 'admin' && member.role === 'member')),
  }
}
