import { Trans, useLingui } from '@lingui/react/macro'
import { Crown, Ellipsis, ShieldCheck, ShieldMinus, UserMinus } from 'lucide-react'
import { useState } from 'react'
import type { Conversation } from '@/core/api'
import { useMe } from '@/core/session'
import { useNameOf } from '@/log'
import { ConfirmDialog, IconButton, Menu, MenuItem, Tag } from '@/ui'
import { changeGroup } from '../changes/group'
import { PersonLine } from '../people/PersonLine'
import { useShownPresence } from '../people/useShownPresence'
import styles from './details.module.css'
import { type Listed, memberActions } from './member-order'
import { useChange } from './useChange'

export interface MemberLineProps {
  conversation: Conversation
  member: Listed
}

/** One member, and what my role may do to them. */
export function MemberLine({ conversation, member }: MemberLineProps) {
  const { presence, presenceHint } = useShownPresence(member.person)
  return (
    <div className={styles.member}>
      <PersonLine
        id={member.person}
        presence={presence}
        presenceHint={presenceHint}
        tag={<RoleTag member={member} />}
      />
      <MemberMenu conversation={conversation} member={member} />
    </div>
  )
}

function RoleTag({ member }: { member: Listed }) {
  if (member.role === 'member') return null
  return (
    <Tag tone={member.role === 'owner' ? 'brand' : 'neutral'}>
      {member.role === 'owner' ? <Trans>Owner</Trans> : <Trans>Admin</Trans>}
    </Tag>
  )
}

function MemberMenu({ conversation, member }: MemberLineProps) {
  const { t } = useLingui()
  const me = useMe().person.id
  const { run } = useChange()
  const [asking, setAsking] = useState<'hand' | 'remove' | null>(null)
  const may = memberActions(conversation.my_role, member, me)
  if (!may.role && !may.hand && !may.remove) return null
  const isAdmin = member.role === 'admin'
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton className={styles.memberMore} size="small" icon={<Ellipsis />} label={t`More`} />}
      >
        {may.role && (
          <MenuItem
            icon={isAdmin ? <ShieldMinus /> : <ShieldCheck />}
            onClick={() =>
              run(
                changeGroup(conversation.id, {
                  act: 'role',
                  person: member.person,
                  role: isAdmin ? 'member' : 'admin',
                }),
              )
            }
          >
            {isAdmin ? <Trans>Make an ordinary member</Trans> : <Trans>Make an administrator</Trans>}
          </MenuItem>
        )}
        {may.hand && (
          <MenuItem icon={<Crown />} onClick={() => setAsking('hand')}>
            <Trans>Transfer ownership</Trans>
          </MenuItem>
        )}
        {may.remove && (
          <MenuItem icon={<UserMinus />} danger onClick={() => setAsking('remove')}>
            <Trans>Remove from the group</Trans>
          </MenuItem>
        )}
      </Menu>
      <Question asking={asking} onAsking={setAsking} conversation={conversation} member={member} />
    </>
  )
}

interface QuestionProps extends MemberLineProps {
  asking: 'hand' | 'remove' | null
  onAsking: (asking: null) => void
}

function Question({ asking, onAsking, conversation, member }: QuestionProps) {
  const { t } = useLingui()
  const { busy, run } = useChange()
  const name = useNameOf()(member.person)
  const close = () => onAsking(null)
  return (
    <>
      <ConfirmDialog
        open={asking === 'hand'}
        onOpenChange={close}
        title={t`Transfer ownership to ${name}?`}
        description={t`You will become an ordinary member; only ${name} can transfer it back.`}
        confirmLabel={t`Transfer`}
        cancelLabel={t`Cancel`}
        busy={busy}
        onConfirm={() => run(changeGroup(conversation.id, { act: 'owner', person: member.person }), close)}
      />
      <ConfirmDialog
        open={asking === 'remove'}
        onOpenChange={close}
        title={t`Remove ${name} from the group?`}
        description={t`They will no longer see the group or its messages.`}
        confirmLabel={t`Remove`}
        cancelLabel={t`Cancel`}
        danger
        busy={busy}
        onConfirm={() => run(changeGroup(conversation.id, { act: 'remove', person: member.person }), close)}
      />
    </>
  )
}
