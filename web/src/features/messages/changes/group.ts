import { t } from '@lingui/core/macro'
import { type Change, type Conversation, type Id, type Role, request } from '@/core/api'
import { problemText } from '@/core/problems'
import { currentLog, Flags, type PendingFlag } from '@/log'
import { toasts } from '@/ui'

/** What can be done with a group, beginning one apart. */
export type GroupChange =
  | { act: 'rename'; title: string }
  | { act: 'add'; people: Id[] }
  | { act: 'remove'; person: Id }
  | { act: 'role'; person: Id; role: Role }
  | { act: 'owner'; person: Id }
  | { act: 'leave' }

/** Changes of groups on their way to the server, one after the other: who hands a group on and leaves it does so in that order. */
export const groupFlags = new Flags<GroupChange>({
  kind: 'group',
  inOrder: true,
  partOf: partOf,
  set: ({ conversation, detail, key }) => tell(conversation, detail ?? { act: 'leave' }, key),
  isSet: () => undefined,
  onRefused({ conversation }, problem) {
    const group = currentLog()?.rooms[conversation]?.header.conversation.title ?? ''
    toasts.show({ tone: 'danger', title: t`Your change to “${group}” was refused.`, description: problemText(problem) })
  },
})

/** Change a group. A refusal is thrown; without the server the change waits, and the group says so. */
export function changeGroup(conversation: Id, change: GroupChange): Promise<void> {
  return groupFlags.ask(conversation, '', true, change)
}

/** Two changes of one thing are one: the later. */
function partOf(change: GroupChange): string {
  if (change.act === 'add') return `add ${change.people.join(' ')}`
  return 'person' in change && change.act !== 'owner' ? `${change.act} ${change.person}` : change.act
}

function tell(conversation: Id, change: GroupChange, key: string): Promise<Change> {
  const path = { conversation }
  switch (change.act) {
    case 'rename':
      return request('PATCH /conversations/{conversation}', { path, body: { title: change.title } }, { key })
    case 'add':
      return request('POST /conversations/{conversation}/members', { path, body: { people: change.people } }, { key })
    case 'remove': {
      const { person } = change
      return request(
        'DELETE /conversations/{conversation}/members/{person}',
        { path: { conversation, person } },
        { key },
      )
    }
    case 'role': {
      const { person, role } = change
      const input = { path: { conversation, person }, body: { role } }
      return request('PUT /conversations/{conversation}/members/{person}/role', input, { key })
    }
    case 'owner':
      return request('POST /conversations/{conversation}/owner', { path, body: { person: change.person } }, { key })
    case 'leave':
      return request('POST /conversations/{conversation}/leave', { path }, { key })
  }
}

export const preferences = ['pinned', 'muted', 'hidden', 'unread'] as const
export type Preference = (typeof preferences)[number]

/** How conversations are for me alone, on its way to the server. */
export const preferenceFlags = new Flags<Preference>({
  kind: 'preference',
  partOf: preference => preference,
  set({ conversation, present, detail = 'muted', key }) {
    const input = { path: { conversation }, body: { [detail]: present } }
    return request('PATCH /conversations/{conversation}/preferences', input, { key })
  },
  isSet: (conversation, _, preference) => currentLog()?.rooms[conversation]?.header.conversation[preference],
  onRefused: (_, problem) => toasts.show({ tone: 'danger', title: problemText(problem) }),
})

/** Change how conversations are for me: shown at once. */
export function changePreferences(conversation: Id, change: Partial<Pick<Conversation, Preference>>): void {
  for (const name of preferences) {
    const value = change[name]
    if (value !== undefined) preferenceFlags.set(conversation, '', value, name)
  }
}

/** The conversation as I have it, whether the server knows it or not. */
export function asIHaveIt(conversation: Conversation, flags: readonly PendingFlag<Preference>[]): Conversation {
  const mine = flags.filter(flag => flag.conversation === conversation.id)
  if (mine.length === 0) return conversation
  return { ...conversation, ...Object.fromEntries(mine.map(({ detail = 'muted', present }) => [detail, present])) }
}
