import type { ClipboardEvent } from 'react'
import type { Content } from '@/core/api'
import type { TextWords } from '../blocks/text'

/** How messages are written for the clipboard; fetched after the screen. */
let writing: typeof import('./selected') | null = null

/** Fetch it ahead of the first copy. */
export function preloadCopying(): void {
  import('./selected').then(
    module => {
      writing = module
    },
    // The browser copies as it does by itself; the next visit tries again.
    () => undefined,
  )
}

/** What is selected of the messages is copied as they are, also with the numbers of lists, which browsers leave out. */
export function copySelected(event: ClipboardEvent<HTMLElement>, words: TextWords): void {
  if (writing?.copySelected(event.currentTarget, event.clipboardData, words)) event.preventDefault()
}

/** A message as HTML for the clipboard; undefined until that can be written. */
export function copiedHtml(content: Content, words: TextWords): string | undefined {
  return writing?.contentHtml(content, words)
}
