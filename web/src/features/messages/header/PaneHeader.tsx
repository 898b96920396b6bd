import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, PanelRight, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Conversation } from '@/core/api'
import { PersonButton, useSecondName } from '@/features/contacts'
import { usePerson } from '@/log'
import { Avatar, IconButton } from '@/ui'
import { AddMembers } from '../details/AddMembers'
import { useBranchName } from '../people/useBranchName'
import { useShownPresence } from '../people/useShownPresence'
import { useTitle } from '../wording/useTitle'
import styles from './header.module.css'

export interface PaneHeaderProps {
  conversation: Conversation
  detailsOpen: boolean
  onDetails: () => void
  /** On phones: back to the list. */
  onBack: () => void
}

/** Which conversation this is, and what can be done with it as a whole. */
export function PaneHeader({ conversation, detailsOpen, onDetails, onBack }: PaneHeaderProps) {
  const { t } = useLingui()
  const [adding, setAdding] = useState(false)
  const title = useTitle(conversation)
  const isGroup = conversation.kind === 'group'
  return (
    <header className={styles.header}>
      <IconButton
        className={styles.back}
        size="large"
        icon={<ArrowLeft />}
        label={t`Back to the list`}
        onClick={onBack}
      />
      {isGroup ? (
        <Avatar id={conversation.id} name={title} shape="group" size={32} />
      ) : (
        <Peer conversation={conversation} />
      )}
      <div className={styles.names}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.about}>
          {isGroup ? <GroupLine conversation={conversation} /> : <PeerLine conversation={conversation} />}
        </p>
      </div>
      {isGroup && (
        <IconButton size="large" icon={<UserPlus />} label={t`Add members`} onClick={() => setAdding(true)} />
      )}
      <IconButton
        size="large"
        icon={<PanelRight />}
        label={detailsOpen ? t`Hide details` : t`Show details`}
        aria-expanded={detailsOpen}
        onClick={onDetails}
      />
      {adding && <AddMembers conversation={conversation} onClose={() => setAdding(false)} />}
    </header>
  )
}

function Peer({ conversation }: { conversation: Conversation }) {
  const id = conversation.peer ?? conversation.id
  const title = useTitle(conversation)
  const { presence, presenceHint } = useShownPresence(conversation.peer)
  return (
    <PersonButton person={id} className={styles.face}>
      <Avatar id={id} name={title} size={32} presence={presence} presenceHint={presenceHint} aria-label={title} />
    </PersonButton>
  )
}

function GroupLine({ conversation }: { conversation: Conversation }) {
  return <>{plural(conversation.members, { one: '# member', other: '# members' })}</>
}

function PeerLine({ conversation }: { conversation: Conversation }) {
  const person = usePerson(conversation.peer ?? undefined)
  const branch = useBranchName(person?.branch)
  const { presenceLabel } = useShownPresence(conversation.peer)
  const second = useSecondName()(person)
  if (person && !person.active) return <Trans>Has left the company</Trans>
  return <>{[second, presenceLabel, branch, person?.title].filter(Boolean).join(' · ')}</>
}
