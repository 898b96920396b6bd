import { t } from '@lingui/core/macro'
import { newKey } from '@/core/api'
import type { OutgoingFile } from '@/log'
import { toasts } from '@/ui'

/** More files than this the server takes with no message. */
const mostFiles = 50
/** Of one side: larger pictures go as files. */
const mostPixels = 100_000
const shownTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

/** As many as go with one message; that there are more is said. */
export function asMany(files: readonly OutgoingFile[]): readonly OutgoingFile[] {
  if (files.length > mostFiles)
    toasts.show({ id: 'too-many-files', tone: 'info', title: t`At most ${mostFiles} files go with one message.` })
  return files.slice(0, mostFiles)
}

/** Says that folders were left out. */
export function tellFolders(): void {
  toasts.show({
    id: 'no-folders',
    tone: 'info',
    title: t`Folders cannot be sent. Send what is in them, or an archive.`,
  })
}

/** A file that was chosen, as it goes with a message. */
export async function asOutgoing(file: File): Promise<OutgoingFile> {
  const { name, size, type } = file
  const sides = shownTypes.includes(type) ? await sidesOf(file) : {}
  return { key: newKey(), name: name || t`file`, size, type, blob: file, ...sides, place: null, uploaded: null }
}

/** Turned as it says; nothing for what the browser cannot draw. */
async function sidesOf(file: File): Promise<{ width?: number; height?: number }> {
  try {
    const picture = await createImageBitmap(file)
    const { width, height } = picture
    picture.close()
    return width <= mostPixels && height <= mostPixels ? { width, height } : {}
  } catch {
    return {}
  }
}
