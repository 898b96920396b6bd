import { Trans, useLingui } from '@lingui/react/macro'
import { MonitorSmartphone } from 'lucide-react'
import type { Content, Draft, Quote } from '@/core/api'
import { Button } from '@/ui'
import { ContentView } from '../blocks/ContentView'
import { usePane } from '../pane/pane-context'
import styles from './drafts.module.css'
import { draftOf, markDraft, setDraft } from './drafts-store'
import { quoteFor } from './kept-draft'

export interface OtherDraftProps {
  other: Draft
  takeIn: (content: Content, reply: Quote | null) => void
}

/** Above what I am writing: what I wrote here on another device meanwhile. Neither is lost, and I say which is to be. */
export function OtherDraft({ other, takeIn }: OtherDraftProps) {
  const { t } = useLingui()
  const { conversation } = usePane()
  const goOnFromIt = () => markDraft(conversation, { base: other.id })
  const add = () => {
    goOnFromIt()
    takeIn(other.content, other.reply_to === null ? null : quoteFor(conversation, other.reply_to))
  }
  const discard = () => {
    goOnFromIt()
    const mine = draftOf(conversation)
    if (mine) setDraft(conversation, mine.content, mine.reply_to)
  }
  return (
    <section className={styles.other} aria-label={t`Written on another device`}>
      <p className={styles.head}>
        <MonitorSmartphone aria-hidden="true" />
        <Trans>You wrote this here on another device:</Trans>
      </p>
      <div className={styles.words}>
        <ContentView content={other.content} />
      </div>
      <div className={styles.actions}>
        <Button size="small" onClick={add}>
          <Trans>Add it to mine</Trans>
        </Button>
        <Button size="small" variant="ghost" onClick={discard}>
          <Trans>Discard it</Trans>
        </Button>
      </div>
    </section>
  )
}
