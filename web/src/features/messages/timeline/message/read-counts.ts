import { compareIds, type Message } from '@/core/api'
import type { Members } from '@/log'

export interface ReadCounts {
  read: number
  unread: number
}

/** How many of the others have read a message of mine. Who came after it does not count. */
export function readCounts(message: Message, members: Members): ReadCounts {
  const counts = { read: 0, unread: 0 }
  for (const member of members.all()) {
    if (member.person === message.sender || compareIds(member.joined, message.id) > 0) continue
    if (member.read_seq >= message.seq) counts.read += 1
    else counts.unread += 1
  }
  return counts
}
