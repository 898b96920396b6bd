import { type Id, type Problem, problemOf } from '@/core/api'
import { bring } from './arriving'

/** Where the bytes of a file of a conversation are. */
export function addressOf(conversation: Id, file: Id): string {
  return `/api/conversations/${conversation}/files/${file}`
}

/** Where a picture is as it shows in a conversation, or fills a window: upright, and without anything beside what it shows. */
export function previewOf(conversation: Id, file: Id, size: 'small' | 'large'): string {
  return `${addressOf(conversation, file)}/preview/${size}`
}

/** Why an address has nothing to show. */
export async function whyNot(address: string): Promise<Problem | null> {
  const answer = await fetch(address).catch(() => null)
  return answer && !answer.ok ? await problemOf(answer) : null
}

/** Save it on this device. What is at another site comes first, and a refusal is said here and not by the browser. Throws `Problem`. */
export async function save(conversation: Id, file: Id, name: string): Promise<void> {
  await bring(conversation, file)
  const link = document.createElement('a')
  link.href = addressOf(conversation, file)
  link.download = name
  link.click()
}
