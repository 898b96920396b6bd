import type { Messages } from '@lingui/core'

/** One table of words from the files of all features. */
export function mergeCatalogues(files: Record<string, unknown> | readonly unknown[]): Messages {
  return Object.assign({}, ...Object.values(files).map(file => (file as { messages: Messages }).messages)) as Messages
}
