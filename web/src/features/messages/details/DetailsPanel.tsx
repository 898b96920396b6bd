import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { Conversation } from '@/core/api'
import { PersonCard } from '@/features/contacts'
import { usePerson } from '@/log'
import { classes, IconButton, Switch } from '@/ui'
import { usePreferenceChange } from '../pane/usePreferenceChange'
import styles from './details.module.css'
import { LeaveSection } from './LeaveSection'
import { MembersSection } from './MembersSection'
import { TitleSection } from './TitleSection'

/** Beside the conversation: who is in it, and how it is for me. */
export function DetailsPanel({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useLingui()
  const isGroup = conversation.kind === 'group'
  return (
    <aside className={styles.panel} aria-label={t`Details`}>
      <header className={styles.head}>
        <h2>{isGroup ? <Trans>Group details</Trans> : <Trans>Details</Trans>}</h2>
        <IconButton icon={<X />} label={t`Hide details`} onClick={onClose} />
      </header>
      {isGroup ? <TitleSection conversation={conversation} /> : <PeerSection conversation={conversation} />}
      {isGroup && <MembersSection conversation={conversation} />}
      <PreferencesSection conversation={conversation} />
      {isGroup && <LeaveSection conversation={conversation} />}
    </aside>
  )
}

function PeerSection({ conversation }: { conversation: Conversation }) {
  const person = usePerson(conversation.peer ?? undefined)
  if (!conversation.peer) return null
  return (
    <section className={classes(styles.section, styles.peer)}>
      <PersonCard id={conversation.peer} known={person} />
    </section>
  )
}

function PreferencesSection({ conversation }: { conversation: Conversation }) {
  const { t } = useLingui()
  const change = usePreferenceChange(conversation.id)
  return (
    <section className={styles.section}>
      <Switch label={t`Pin to the top`} checked={conversation.pinned} onCheckedChange={pinned => change({ pinned })} />
      <Switch label={t`Mute`} checked={conversation.muted} onCheckedChange={muted => change({ muted })} />
    </section>
  )
}
