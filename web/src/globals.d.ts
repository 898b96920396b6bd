declare const __EMOJI_DATA_URL__: string

declare module '*.po' {
  import type { Messages } from '@lingui/core'
  export const messages: Messages
}
