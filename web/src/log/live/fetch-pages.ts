import { type ConversationPage, type Id, type MembersPage, request, type Sync } from '@/core/api'
import { currentPerson } from '@/core/session'
import { withFurtherMembers } from '../reducer/apply-conversation.ts'

export const conversationsPerPage = 500
export const membersPerPage = 1_000
const timeoutMs = 60_000

/** Everything the first screen needs: the pages of one log, each as of its own position. */
export async function fetchSync(): Promise<[Sync, ...Sync[]]> {
  const first = await request('GET /sync', { query: { limit: conversationsPerPage } }, { timeoutMs })
  const pages: [Sync, ...Sync[]] = [first]
  for (let { next } = first; next; ) {
    const query = { after: next, limit: conversationsPerPage }
    const page = await request('GET /sync', { query }, { timeoutMs })
    if (page.run !== first.run) return fetchSync() // restored meanwhile: what came before is of another log
    pages.push(page)
    next = page.next
  }
  return pages
}

/** A conversation with one of its members: for what it says itself. */
export function fetchHead(id: Id): Promise<ConversationPage> {
  return request('GET /conversations/{conversation}', { path: { conversation: id }, query: { limit: 1 } })
}

/** A conversation with all its members. */
export async function fetchConversation(id: Id): Promise<ConversationPage> {
  const path = { conversation: id }
  const first = await request('GET /conversations/{conversation}', { path, query: { limit: membersPerPage } })
  if (!first.next) return first
  const further: MembersPage[] = []
  for (let next: Id | null = first.next; next; ) {
    const page: MembersPage = await request('GET /conversations/{conversation}/members', {
      path,
      query: { after: next, limit: membersPerPage },
    })
    further.push(page)
    next = page.next
  }
  return withFurtherMembers(first, further, currentPerson())
}
