import type { APIRequestContext } from '@playwright/test'
import type { Conversation, Person } from '@/core/api'
import type { Account } from '../stage'

/** The sample company (`bilin demo`) and who looks at it. */
export const administrator: Account = { login: 'suwan', password: 'bilin-demo' }

export interface Seen {
  /** A group with a lively talk. */
  group: Conversation
  direct: Conversation
  people: Person[]
}

/** What the signed-in person of `request` has. */
export async function whatIsThere(request: APIRequestContext): Promise<Seen> {
  const { conversations, people }: { conversations: Conversation[]; people: Person[] } = await (
    await request.get('/api/sync')
  ).json()
  const groups = conversations.filter(({ kind }) => kind === 'group').sort((a, b) => b.last_seq - a.last_seq)
  const group = groups[0]
  const direct = conversations.find(({ kind }) => kind === 'direct')
  if (!group || !direct)
    throw new Error('The sample company has no group or no direct conversation for its administrator')
  return { group, direct, people }
}
