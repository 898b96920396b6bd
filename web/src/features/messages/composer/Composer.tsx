import { plural, t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { AtSign, SendHorizontal, Smile, Type } from 'lucide-react'
import { type RefObject, useState } from 'react'
import type { Content, Preferences } from '@/core/api'
import { usePreference } from '@/core/session'
import { Button, IconButton } from '@/ui'
import { contentLength } from '../blocks/text'
import { EmojiPopover } from '../emoji/EmojiPopover'
import styles from './composer.module.css'
import { maxLength } from './content'
import { Editor } from './Editor'
import type { EditorHandle, Format } from './editor/handle'
import { FormatBar } from './FormatBar'
import type { Intention } from './intention'
import { OccasionBar } from './OccasionBar'
import type { Occasion } from './occasion'
import { useCandidates } from './useCandidates'
import { useWriting } from './useWriting'

export interface ComposerProps {
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
export function Composer({ title, occasion, onOccasion, editLast, onSent }: ComposerProps) {
  const { t } = useLingui()
  const writing = useWriting(occasion, onOccasion, onSent)
  const { editor, content, change, send, busy } = writing
  const [formats, setFormats] = useState<ReadonlySet<Format> | null>(null)
  const sendKey = usePreference('send_key')
  const candidates = useCandidates()
  const over = contentLength(content) - maxLength
  const perform = (intention: Intention): boolean => {
    if (intention === 'send') return send()
    if (intention === 'edit-last') return editLast()
    if (intention === 'cancel' && occasion) onOccasion(null)
    return intention === 'cancel' && occasion !== null
  }
  const empty = content.blocks.length === 0
  return (
    <div className={styles.composer}>
      {occasion && <OccasionBar occasion={occasion} onCancel={() => onOccasion(null)} />}
      {formats && <FormatBar active={formats} onFormat={(format, href) => editor.current?.format(format, href)} />}
      <Editor
        ref={editor}
        initial={writing.initial}
        current={writing.current}
        autoFocus={writing.autoFocus}
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
        <LengthHint content={content} over={over} editing={occasion?.kind === 'edit'} />
        <Button
          variant="primary"
          className={styles.send}
          icon={<SendHorizontal />}
          disabled={empty || over > 0}
          busy={busy}
          onClick={send}
        >
          {occasion?.kind === 'edit' ? <Trans>Save</Trans> : <Trans>Send</Trans>}
        </Button>
      </div>
    </div>
  )
}

function Tools({ editor }: { editor: RefObject<EditorHandle | null> }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <EmojiPopover
        open={open}
        onOpenChange={setOpen}
        onPick={emoji => editor.current?.insertText(emoji)}
        trigger={<IconButton icon={<Smile />} label={t`Emoji`} />}
      />
      <IconButton icon={<AtSign />} label={t`Mention somebody`} onClick={() => editor.current?.startMention()} />
    </>
  )
}

/** How to send; near and past the limit, how many characters are left. */
function LengthHint({ content, over, editing }: { content: Content; over: number; editing: boolean }) {
  const sendKey = usePreference('send_key')
  if (over > 0)
    return (
      <span role="alert" className={styles.over}>
        {plural(over, { one: '# character too many', other: '# characters too many' })}
      </span>
    )
  if (over > -500 && content.blocks.length > 0)
    return <span className={styles.hint}>{plural(-over, { one: '# character left', other: '# characters left' })}</span>
  return <span className={styles.hint}>{keyHint(sendKey, editing)}</span>
}

function keyHint(sendKey: Preferences['send_key'], editing: boolean): string {
  if (sendKey === 'enter')
    return editing ? t`Enter to save · Esc to cancel` : t`Enter to send · Shift+Enter for a new line`
  return editing ? t`Ctrl+Enter to save · Esc to cancel` : t`Ctrl+Enter to send · Enter for a new line`
}

function sameFormats(a: ReadonlySet<Format>, b: ReadonlySet<Format>): boolean {
  return a.size === b.size && [...a].every(format => b.has(format))
}
