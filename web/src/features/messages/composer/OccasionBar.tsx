import { t as core } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { drawn } from '@/characters'
import type { Message, Quote } from '@/core/api'
import { useHeldMessage } from '@/log'
import { classes, IconButton } from '@/ui'
import { contentLine } from '../blocks/text'
import { usePane } from '../pane/pane-context'
import styles from './composer.module.css'
import { type Occasion, versionOf } from './occasion'

/** Above the text: which message is answered or edited, what became of it meanwhile, and the way out. */
export function OccasionBar({ occasion, onCancel }: { occasion: Occasion; onCancel: () => void }) {
  const { t } = useLingui()
  const { conversation, jumpTo } = usePane()
  const id = occasion.kind === 'edit' ? occasion.message.id : occasion.quote.id
  const held = useHeldMessage(conversation, id)
  const recalled = Boolean(held?.recalled) || (occasion.kind === 'reply' && occasion.quote.recalled)
  return (
    <div className={styles.occasion}>
      <button
        type="button"
        className={classes(styles.occasionText, recalled && styles.occasionNote)}
        onClick={() => jumpTo(id)}
      >
        {occasion.kind === 'edit' ? (
          <EditWords message={occasion.message} held={held} />
        ) : (
          <ReplyWords quote={occasion.quote} recalled={recalled} />
        )}
      </button>
      <IconButton size="small" icon={<X />} label={t`Cancel`} shortcut="Esc" onClick={onCancel} />
    </div>
  )
}

function EditWords({ message, held }: { message: Message; held: Message | undefined }) {
  if (held?.recalled) return <Trans>This message was recalled. What you write is sent as a new message.</Trans>
  const { content } = held ?? message
  const words = content && contentLine(content, { everyone: core`all` })
  const isOther = held !== undefined && versionOf(held) !== versionOf(message)
  return (
    <>
      <strong>{isOther ? <Trans>Edited on another device in the meantime:</Trans> : <Trans>Edit</Trans>}</strong>{' '}
      {words}
    </>
  )
}

function ReplyWords({ quote, recalled }: { quote: Quote; recalled: boolean }) {
  const { nameOf } = usePane()
  if (recalled) return <Trans>The message you reply to was recalled. Your reply is sent without it.</Trans>
  const name = nameOf(quote.sender)
  return (
    <>
      <strong>
        <Trans>Reply to {name}</Trans>
      </strong>{' '}
      {drawn(quote.text)}
    </>
  )
}
