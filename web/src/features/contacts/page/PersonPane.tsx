import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Id } from '@/core/api'
import { useShortcuts } from '@/core/keys'
import { IconButton } from '@/ui'
import { PersonCard } from '../card/PersonCard'
import styles from './contacts.module.css'

/** One person beside the list; on a narrow screen over it. */
export function PersonPane({ id, onClose }: { id: Id; onClose: () => void }) {
  const { t } = useLingui()
  const title = useRef<HTMLHeadingElement>(null)
  const close = () => {
    onClose()
    return undefined
  }
  useShortcuts([{ keys: 'Escape', label: t`Close the card`, group: t`Contacts`, run: close }])
  useEffect(() => {
    if (id) title.current?.scrollIntoView({ block: 'start' })
  }, [id])
  return (
    <aside className={styles.person} aria-label={t`Person card`}>
      <header className={styles.personHeader}>
        <span className={styles.back}>
          <IconButton icon={<ArrowLeft />} label={t`Back`} onClick={onClose} />
        </span>
        <h1 ref={title} className={styles.personTitle}>
          <Trans>Person card</Trans>
        </h1>
        <span className={styles.close}>
          <IconButton icon={<X />} label={t`Close`} shortcut="Esc" onClick={onClose} />
        </span>
      </header>
      <PersonCard id={id} />
    </aside>
  )
}
