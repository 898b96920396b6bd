import type { UploadView } from '@/core/api'

/** A file of mine that goes with a message. */
export interface OutgoingFile {
  key: string
  name: string
  /** Bytes. */
  size: number
  /** What the browser takes it for; the server looks for itself. */
  type: string
  blob: Blob
  /** Of a picture that the browser can show: pixels, turned as it says. */
  width?: number
  height?: number
  /** Where its bytes go; null: it has not begun. */
  place: string | null
  /** All of it is there. */
  uploaded: UploadView | null
}

/** As if nothing of it had been sent: what was is gone, or given up. */
export function anew(file: OutgoingFile): OutgoingFile {
  return { ...file, place: null, uploaded: null }
}

/** Whether some of its files are on their way: it cannot be sent yet, and others go before it. */
export function hasFilesToUpload({ files }: { files?: readonly OutgoingFile[] }): boolean {
  return files?.some(file => !file.uploaded) ?? false
}
