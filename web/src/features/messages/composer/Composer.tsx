import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { SendHorizontal, Type } from 'lucide-react'
import {
  type ClipboardEvent,
  type ComponentType,
  lazy,
  type Ref,
  type RefObject,
  Suspense,
  useImperativeHandle,
  useMemo,
  useState,
} from 'react'
import type { Content, Quote } from '@/core/api'
import { Button, IconButton, part } from '@/ui'
import { contentLength } from '../blocks/text'
import type { OtherDraftProps } from '../drafts/OtherDraft'
import { useOtherDraft } from '../drafts/shown-draft'
import { useEmojiCandidates } from '../emoji/useEmojiCandidates'
import { bring, useAttached } from '../files/attached'
import { usePane } from '../pane/pane-context'
import { composerTools } from '../slots'
import styles from './composer.module.css'
import { Editor } from './Editor'
import type { EditorHandle, Format } from './editor/handle'
import type { FormatBarProps } from './FormatBar'
import type { Intention } from './intention'
import { maxBlocks, maxLength, maxParts, type Refusal, refusalOf } from './limits'
import { OccasionBar } from './OccasionBar'
import type { Occasion } from './occasion'
import { useCandidates } from './useCandidates'
import { useEveryoneQuestion } from './useEveryoneQuestion'
import { keyHint, useKeys } from './useKeys'
import { useWriting } from './useWriting'

/** It comes with the editor that has formats; without that there are none to show. */
const FormatBar = lazy<ComponentType<FormatBarProps>>(() =>
  import('./editor/RichEditor').then(
    module => ({ default: module.FormatBar }),
    () => ({ default: () => null }),
  ),
)

/** Somebody changed what I am changing: rare as well. */
const { Part: ConflictDialog } = part(() => import('./ConflictDialog').then(module => module.ConflictDialog))

const { Part: Tray } = part(() => import('../files/views').then(module => module.Tray))

/** Two texts of mine apart are rare: what asks about them is fetched when there are. */
const OtherDraft = lazy<ComponentType<OtherDraftProps>>(() =>
  import('../drafts/OtherDraft').then(module => ({ default: module.OtherDraft })),
)

/** What others may ask of the place where one writes. */
export interface ComposerHandle {
  /** Puts a message back, behind what is written there. */
  takeIn: (content: Content, reply: Quote | null) => void
}

export interface ComposerProps {
  ref: Ref<ComposerHandle>
  /** What the conversation is called. */
  title: string
  occasion: Occasion | null
  onOccasion: (occasion: Occasion | null) => void
  /** Begins to edit my last message. False: there is none to edit. */
  editLast: () => boolean
  /** A message was sent. */
  onSent: () => void
}

/** Where a message is written. Give it a key of the conversation. */
export function Composer({ ref, title, occasion, onOccasion, editLast, onSent }: ComposerProps) {
  const { t } = useLingui()
  const writing = useWriting(occasion, onOccasion, onSent)
  const { editor, content, change, busy } = writing
  const { send, question } = useEveryoneQuestion(writing, occasion)
  const [formats, setFormats] = useState<ReadonlySet<Format> | null>(null)
  const { sendKey } = useKeys()
  const [person, emoji] = [useCandidates(), useEmojiCandidates()]
  const candidates = useMemo(() => ({ person, emoji }), [person, emoji])
  const refusal = refusalOf(content)
  const other = useOtherDraft(usePane().conversation)
  useImperativeHandle(ref, () => ({ takeIn: writing.takeIn }))
  const perform = (intention: Intention): boolean => {
    if (intention === 'send') return send()
    if (intention === 'edit-last') return editLast()
    if (intention === 'cancel' && occasion) writing.cancel()
    return intention === 'cancel' && occasion !== null
  }
  const { conversation } = usePane()
  const attached = useAttached(conversation)
  const empty = content.blocks.length === 0 && (attached.length === 0 || writing.saves)
  const paste = (event: ClipboardEvent) => {
    // Out of a table or a page comes a picture beside the words: the words are meant.
    if (event.clipboardData.types.includes('text/plain') || event.clipboardData.files.length === 0) return
    event.preventDefault()
    event.stopPropagation()
    bring(conversation, event.clipboardData)
  }
  const { saves } = writing
  return (
    <div className={styles.composer} data-composer="" onPasteCapture={paste}>
      {question}
      {other && (
        <Suspense>
          <OtherDraft other={other} takeIn={writing.takeIn} />
        </Suspense>
      )}
      {occasion && <OccasionBar occasion={occasion} onCancel={writing.cancel} />}
      <Suspense>{attached.length > 0 && <Tray />}</Suspense>
      <Suspense>
        {formats && <FormatBar active={formats} onFormat={(format, href) => editor.current?.format(format, href)} />}
      </Suspense>
      <Editor
        ref={editor}
        initial={writing.initial}
        current={writing.current}
        autoFocus={matchMedia('(pointer: fine)').matches}
        placeholder={t`Message ${title}`}
        label={t`Message ${title}`}
        sendKey={sendKey}
        candidates={candidates}
        onChange={change}
        onIntention={perform}
        onFormats={next => formats && !sameFormats(formats, next) && setFormats(next)}
      />
      <div className={styles.bar}>
        <IconButton
          icon={<Type />}
          label={t`Format`}
          pressed={formats !== null}
          onClick={() => setFormats(formats ? null : new Set())}
        />
        <Tools editor={editor} />
        <span className={styles.space} />
        <Hint content={content} refusal={refusal} editing={saves} />
        <Button
          variant="primary"
          className={styles.send}
          icon={<SendHorizontal />}
          disabled={empty || refusal !== null}
          busy={busy}
          onClick={send}
        >
          {saves ? <Trans>Save</Trans> : <Trans>Send</Trans>}
        </Button>
      </div>
      <Suspense>{writing.conflict && <ConflictDialog conflict={writing.conflict} busy={busy} />}</Suspense>
    </div>
  )
}

function Tools({ editor }: { editor: RefObject<EditorHandle | null> }) {
  const insertText = (text: string) => editor.current?.insertText(text)
  const startMention = () => editor.current?.startMention()
  return composerTools.entries.map(({ id, Tool }) => (
    <Tool key={id} insertText={insertText} startMention={startMention} />
  ))
}

/** How to send; near the limit, how many characters are left; past one, what the server would not take. */
function Hint({ content, refusal, editing }: { content: Content; refusal: Refusal | null; editing: boolean }) {
  const keys = useKeys()
  const left = maxLength - contentLength(content)
  if (refusal)
    return (
      <span role="alert" className={styles.over}>
        {refusalText(refusal)}
      </span>
    )
  if (left < 500 && content.blocks.length > 0)
    return <span className={styles.hint}>{plural(left, { one: '# character left', other: '# characters left' })}</span>
  return <span className={styles.hint}>{keyHint(keys, editing)}</span>
}

function refusalText({ kind, over }: Refusal): string {
  if (kind === 'length') return plural(over, { one: '# character too many', other: '# characters too many' })
  if (kind === 'blocks') return t`Too many paragraphs, lists and pieces of code: at most ${maxBlocks}`
  if (kind === 'parts') return t`Too many formats, links and list items: at most ${maxParts}`
  return t`Too many formats and links for one message`
}

function sameFormats(a: ReadonlySet<Format>, b: ReadonlySet<Format>): boolean {
  return a.size === b.size && [...a].every(format => b.has(format))
}
