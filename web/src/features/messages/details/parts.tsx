import { useLingui } from '@lingui/react/macro'
import type { Conversation } from '@/core/api'
import { PersonCard } from '@/features/contacts'
import { usePerson } from '@/log'
import { classes, Switch } from '@/ui'
import { usePreferenceChange } from '../pane/usePreferenceChange'
import { detailsParts } from '../slots'
import styles from './details.module.css'
import { LeaveSection } from './LeaveSection'
import { MembersSection } from './MembersSection'
import { TitleSection } from './TitleSection'

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

const isGroup = ({ kind }: Conversation) => kind === 'group'

/** What the details of a conversation show. */
export const detailsSlots = [
  detailsParts.entry({ id: 'title', isFor: isGroup, Part: TitleSection }),
  detailsParts.entry({ id: 'peer', isFor: conversation => !isGroup(conversation), Part: PeerSection }),
  detailsParts.entry({ id: 'members', isFor: isGroup, Part: MembersSection }),
  detailsParts.entry({ id: 'preferences', Part: PreferencesSection }),
  detailsParts.entry({ id: 'leave', isFor: isGroup, Part: LeaveSection }),
]
