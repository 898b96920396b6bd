import { useLingui } from '@lingui/react/macro'
import { AtSign, Smile } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/ui'
import { EmojiPopover } from '../emoji/EmojiPopover'
import type { ComposerToolProps } from '../slots'

export function EmojiTool({ insertText }: ComposerToolProps) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <EmojiPopover
      open={open}
      onOpenChange={setOpen}
      onPick={insertText}
      clearOf="[data-composer]"
      trigger={<IconButton icon={<Smile />} label={t`Emoji`} />}
    />
  )
}

export function MentionTool({ startMention }: ComposerToolProps) {
  const { t } = useLingui()
  return <IconButton icon={<AtSign />} label={t`Mention someone`} onClick={startMention} />
}
