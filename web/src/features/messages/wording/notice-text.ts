import { plural, t } from '@lingui/core/macro'
import type { Id, Message, Notice, Role } from '@/core/api'

/** Who reads, and how people are called. */
export interface Reader {
  me: Id
  nameOf: (person: Id) => string
}

const namesShown = 3

/** What happened in a group, as one sentence. Call it while rendering, so that it follows the language. */
export function noticeText(message: Message, reader: Reader): string {
  const notice = message.notice
  return notice ? sentence(notice, calledBy(message.sender, reader), reader) : ''
}

/** The line in the place of a recalled message. */
export function recalledText(message: Message, reader: Reader): string {
  const by = message.recalled?.by ?? message.sender
  if (by === message.sender) {
    const actor = calledBy(by, reader)
    return by === reader.me ? t`You recalled a message` : t`${actor} recalled a message`
  }
  const actor = calledBy(by, reader)
  const sender = calledBy(message.sender, reader)
  if (by === reader.me) return t`You recalled a message from ${sender}`
  return message.sender === reader.me
    ? t`${actor} recalled a message of yours`
    : t`${actor} recalled a message from ${sender}`
}

function sentence(notice: Notice, actor: string, reader: Reader): string {
  switch (notice.type) {
    case 'created':
      return t`${actor} created the group “${notice.title}”`
    case 'renamed':
      return t`${actor} renamed the group to “${notice.title}”`
    case 'added': {
      const people = names(notice.people, reader)
      return t`${actor} added ${people}`
    }
    case 'removed': {
      const person = whom(notice.person, reader)
      return t`${actor} removed ${person}`
    }
    case 'left':
      return t`${actor} left the group`
    case 'owner': {
      const person = whom(notice.person, reader)
      return t`${actor} made ${person} the owner of the group`
    }
    case 'role':
      return roleSentence(notice.role, actor, whom(notice.person, reader))
  }
}

function roleSentence(role: Role, actor: string, person: string): string {
  if (role === 'admin') return t`${actor} made ${person} an administrator`
  if (role === 'owner') return t`${actor} made ${person} the owner of the group`
  return t`${actor} made ${person} an ordinary member`
}

function calledBy(person: Id, reader: Reader): string {
  return person === reader.me ? t`You` : reader.nameOf(person)
}

/** The one something was done to. */
function whom(person: Id, reader: Reader): string {
  return person === reader.me ? t({ message: 'you', context: 'object' }) : reader.nameOf(person)
}

function names(people: readonly Id[], reader: Reader): string {
  const shown = people.slice(0, namesShown).map(person => whom(person, reader))
  const rest = people.length - shown.length
  const list = shown.join(t({ message: ', ', comment: 'Between names in a list' }))
  return rest > 0 ? t`${list} and ${plural(rest, { one: '# other', other: '# others' })}` : list
}
