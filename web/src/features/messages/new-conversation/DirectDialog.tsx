import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { holdKeys } from '@/core/keys'
import { useMe } from '@/core/session'
import { useStartConversation } from '@/features/contacts'
import { Dialog } from '@/ui'
import { PeoplePicker } from '../people/PeoplePicker'

/** Opens the direct conversation with somebody. */
export function DirectDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const me = useMe().person.id
  const start = useStartConversation()
  const myself = useMemo(() => new Set([me]), [me])
  return (
    <Dialog open onOpenChange={open => !open && onClose()} title={t`New message`} closeLabel={t`Close`}>
      <PeoplePicker
        single
        chosen={[]}
        excluded={myself}
        onChosen={([person]) => {
          if (!person) return
          holdKeys()
          start.mutate(person.id, { onSuccess: onClose })
        }}
      />
    </Dialog>
  )
}
