import { t as core } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { drawn } from '@/characters'
import { IconButton } from '@/ui'
import { contentLine } from '../blocks/text'
import { usePane } from '../pane/pane-context'
import styles from './composer.module.css'
import type { Occasion } from './occasion'

/** Above the text: which message is answered or edited, and the way out. */
export function OccasionBar({ occasion, onCancel }: { occasion: Occasion; onCancel: () => void }) {
  const { t } = useLingui()
  const { jumpTo } = usePane()
  const id = occasion.kind === 'edit' ? occasion.message.id : occasion.quote.id
  return (
    <div className={styles.occasion}>
      <button type="button" className={styles.occasionText} onClick={() => jumpTo(id)}>
        <Words occasion={occasion} />
      </button>
      <IconButton size="small" icon={<X />} label={t`Cancel`} shortcut="Esc" onClick={onCancel} />
    </div>
  )
}

function Words({ occasion }: { occasion: Occasion }) {
  const { nameOf } = usePane()
  if (occasion.kind === 'edit') {
    const { content } = occasion.message
    return (
      <>
        <strong>
          <Trans>Edit</Trans>
        </strong>{' '}
        {content && contentLine(content, { everyone: core`all` })}
      </>
    )
  }
  const name = nameOf(occasion.quote.sender)
  return (
    <>
      <strong>
        <Trans>Reply to {name}</Trans>
      </strong>{' '}
      {drawn(occasion.quote.text)}
    </>
  )
}
