import { t } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Content, Id } from '@/core/api'
import { discard, useOutgoing } from '@/log'
import { Button } from '@/ui'
import { contentText } from '../blocks/text'
import { copiedHtml } from '../clipboard/copying'
import { useCopy } from '../clipboard/useCopy'
import { clearDraft, draftsStore, dropEdit } from '../drafts/drafts-store'
import styles from './left-behind.module.css'

/** What I wrote in a conversation that is not there any more: to be copied, and given up only by me. */
export function LeftBehind({ conversation }: { conversation: Id }) {
  const { t } = useLingui()
  const outgoing = useOutgoing(conversation)
  const draft = draftsStore(drafts => drafts[conversation])
  const left: { key: string; content: Content; drop: () => void }[] = [
    ...outgoing
      .filter(({ sent }) => !sent)
      .map(({ key, content }) => ({ key, content, drop: () => void discard(key) })),
    ...(draft?.edits ?? []).map(({ message, content }) => ({
      key: message.id,
      content,
      drop: () => dropEdit(conversation, message.id),
    })),
    ...(draft && draft.content.blocks.length > 0
      ? [{ key: 'draft', content: draft.content, drop: () => clearDraft(conversation) }]
      : []),
  ]
  if (left.length === 0) return null
  return (
    <section className={styles.left} aria-label={t`Not sent`}>
      <p>
        <Trans>What you wrote there was not sent:</Trans>
      </p>
      {left.map(({ key, content, drop }) => (
        <Words key={key} content={content} onDrop={drop} />
      ))}
    </section>
  )
}

function Words({ content, onDrop }: { content: Content; onDrop: () => void }) {
  const copy = useCopy()
  const words = { everyone: t`all` }
  const text = contentText(content, words)
  return (
    <article className={styles.words}>
      <pre>{text}</pre>
      <div className={styles.actions}>
        <Button size="small" onClick={() => copy(text, copiedHtml(content, words))}>
          <Trans>Copy text</Trans>
        </Button>
        <Button size="small" variant="ghost" onClick={onDrop}>
          <Trans>Delete</Trans>
        </Button>
      </div>
    </article>
  )
}
