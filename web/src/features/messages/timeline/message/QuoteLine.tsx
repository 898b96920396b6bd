import { Trans } from '@lingui/react/macro'
import { drawn } from '@/characters'
import type { Quote } from '@/core/api'
import { usePane } from '../../pane/pane-context'
import styles from './message.module.css'

/** What a message answers; a click goes there. */
export function QuoteLine({ quote }: { quote: Quote }) {
  const { nameOf, jumpTo } = usePane()
  return (
    <button type="button" className={styles.quote} onClick={() => jumpTo(quote.id)}>
      {nameOf(quote.sender)}: {quote.recalled ? <Trans>This message was recalled</Trans> : drawn(quote.text)}
    </button>
  )
}
