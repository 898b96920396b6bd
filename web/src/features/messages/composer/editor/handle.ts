import type { Content, Preferences } from '@/core/api'
import type { Intention } from '../intention'
import type { Candidates } from '../mentions/candidates'

export type Format =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'link'
  | 'bulletList'
  | 'orderedList'
  | 'blockquote'
  | 'codeBlock'

/** The keys of the editor's formats. */
export const formatKeys = {
  bold: 'Ctrl+B',
  italic: 'Ctrl+I',
  strike: 'Ctrl+Shift+S',
  code: 'Ctrl+E',
  bulletList: 'Ctrl+Shift+8',
  orderedList: 'Ctrl+Shift+7',
  blockquote: 'Ctrl+Shift+B',
  codeBlock: 'Ctrl+Alt+C',
} as const satisfies Partial<Record<Format, string>>

/** What the composer may ask of the place where one writes, whichever it is. */
export interface EditorHandle {
  focus: () => void
  content: () => Content
  /** Puts the cursor at the end. */
  replace: (content: Content) => void
  /** The same, where the focus stays where it is: it was written elsewhere. */
  show: (content: Content) => void
  insertText: (text: string) => void
  /** Begins a mention, as if @ was typed. */
  startMention: () => void
  /** Switches a format of the selection on or off; for links `href` is where it leads. */
  format: (format: Format, href?: string) => void
}

export interface EditorProps {
  ref: React.Ref<EditorHandle>
  initial: Content
  autoFocus: boolean
  placeholder: string
  /** What is written here, for screen readers. */
  label: string
  sendKey: Preferences['send_key']
  /** Who may be mentioned for what was typed after an @, and emoji for what was after a colon. */
  candidates: Candidates
  onChange: (content: Content) => void
  /** Does it; false: not now, the key keeps its usual meaning. */
  onIntention: (intention: Intention) => boolean
  /** Which formats the selection has. */
  onFormats: (formats: ReadonlySet<Format>) => void
}
