import { useLingui } from '@lingui/react/macro'
import { MessageSquarePlus, Plus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { NewDirectDialog, NewGroupDialog } from '@/features/messages'
import { IconButton, Menu, MenuItem } from '@/ui'

/** Everything that can be begun from anywhere. */
export function CreateMenu() {
  const { t } = useLingui()
  const [creating, setCreating] = useState<'direct' | 'group' | null>(null)
  const close = () => setCreating(null)
  return (
    <>
      <Menu trigger={<IconButton icon={<Plus />} label={t`New`} tooltipSide="bottom" />} align="end">
        <MenuItem icon={<MessageSquarePlus />} onClick={() => setCreating('direct')}>
          {t`New message`}
        </MenuItem>
        <MenuItem icon={<UsersRound />} onClick={() => setCreating('group')}>
          {t`New group`}
        </MenuItem>
      </Menu>
      <NewDirectDialog open={creating === 'direct'} onOpenChange={close} />
      <NewGroupDialog open={creating === 'group'} onOpenChange={close} />
    </>
  )
}
