import { type Id, offlineCode, Problem, problemOf } from '@/core/api'

/** Where the bytes of a file of a conversation are. */
export function addressOf(conversation: Id, file: Id): string {
  return `/api/conversations/${conversation}/files/${file}`
}

/** Save it on this device. Asked first, so that a refusal is said here and not by the browser. Throws `Problem`. */
export async function save(conversation: Id, file: Id, name: string): Promise<void> {
  const address = addressOf(conversation, file)
  const answer = await fetch(address, { headers: { Range: 'bytes=0-0' } }).catch(cause => {
    throw new Problem({ code: offlineCode, title: 'The server did not answer' }, null, cause)
  })
  if (!answer.ok && answer.status !== 416) throw await problemOf(answer)
  await answer.body?.cancel()
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
