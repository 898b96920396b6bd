import { Trans, useLingui } from '@lingui/react/macro'
import { Bell, BellOff, CheckCheck, CircleDot, EyeOff, Pin, PinOff } from 'lucide-react'
import type { Conversation } from '@/core/api'
import { unreadOf } from '@/log'
import { MenuItem, toasts } from '@/ui'
import { changePreferences } from '../changes/group'
import { markRead } from '../read/read-marks'

interface Props {
  conversation: Conversation
}

export function PinItem({ conversation: { id, pinned } }: Props) {
  return (
    <MenuItem icon={pinned ? <PinOff /> : <Pin />} onClick={() => changePreferences(id, { pinned: !pinned })}>
      {pinned ? <Trans context="a conversation, from the top of the list">Unpin</Trans> : <Trans>Pin to the top</Trans>}
    </MenuItem>
  )
}

export function MuteItem({ conversation: { id, muted } }: Props) {
  return (
    <MenuItem icon={muted ? <Bell /> : <BellOff />} onClick={() => changePreferences(id, { muted: !muted })}>
      {muted ? <Trans>Unmute</Trans> : <Trans>Mute</Trans>}
    </MenuItem>
  )
}

/** What was read can be marked for oneself, to come back to it: until it is opened. */
export function ReadItem({ conversation }: Props) {
  const { id, last_message, unread } = conversation
  if (!last_message) return null
  if (!unread && unreadOf(conversation) === 0)
    return (
      <MenuItem icon={<CircleDot />} onClick={() => changePreferences(id, { unread: true })}>
        <Trans>Mark as unread</Trans>
      </MenuItem>
    )
  const read = () => {
    if (unread) changePreferences(id, { unread: false })
    markRead(id, last_message.id)
  }
  return (
    <MenuItem icon={<CheckCheck />} onClick={read}>
      <Trans>Mark as read</Trans>
    </MenuItem>
  )
}

export function HideItem({ conversation: { id } }: Props) {
  const { t } = useLingui()
  const hide = () => {
    changePreferences(id, { hidden: true })
    toasts.show({
      id: `hidden-${id}`,
      title: t`Hidden until the next message`,
      action: { label: t`Undo`, onClick: () => changePreferences(id, { hidden: false }) },
    })
  }
  return (
    <MenuItem icon={<EyeOff />} onClick={hide}>
      <Trans>Hide until the next message</Trans>
    </MenuItem>
  )
}
