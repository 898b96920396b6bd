import type { Id } from '@/core/api'
import { bring } from './arriving'

/** Where the bytes of a file of a conversation are. */
export function addressOf(conversation: Id, file: Id): string {
  return `/api/conversations/${conversation}/files/${file}`
}

/** Save it on this device. What is at another site comes first, and a refusal is said here and not by the browser. Throws `Problem`. */
export async function save(conversation: Id, file: Id, name: string): Promise<void> {
  await bring(conversation, file)
  const link = document.createElement('a')
  link.href = addressOf(conversation, file)
  link.download = name
  link.click()
}
