import { Trans } from '@lingui/react/macro'
import { Bell, BellOff, CheckCheck, EyeOff, Pin, PinOff } from 'lucide-react'
import type { Conversation } from '@/core/api'
import { unreadOf } from '@/log'
import { MenuItem } from '@/ui'
import { usePreferenceChange } from '../pane/usePreferenceChange'
import { markRead } from '../read/read-marks'

/** What I may do with a conversation of my list. */
export function RowMenu({ conversation }: { conversation: Conversation }) {
  const change = usePreferenceChange(conversation.id)
  const { pinned, muted, last_message } = conversation
  return (
    <>
      <MenuItem icon={pinned ? <PinOff /> : <Pin />} onClick={() => change({ pinned: !pinned })}>
        {pinned ? (
          <Trans context="a conversation, from the top of the list">Unpin</Trans>
        ) : (
          <Trans>Pin to the top</Trans>
        )}
      </MenuItem>
      <MenuItem icon={muted ? <Bell /> : <BellOff />} onClick={() => change({ muted: !muted })}>
        {muted ? <Trans>Unmute</Trans> : <Trans>Mute</Trans>}
      </MenuItem>
      {last_message && unreadOf(conversation) > 0 && (
        <MenuItem icon={<CheckCheck />} onClick={() => markRead(conversation.id, last_message.id)}>
          <Trans>Mark as read</Trans>
        </MenuItem>
      )}
      <MenuItem icon={<EyeOff />} onClick={() => change({ hidden: true })}>
        <Trans>Hide until the next message</Trans>
      </MenuItem>
    </>
  )
}
