import { Trans, useLingui } from '@lingui/react/macro'
import type { Id, Person } from '@/core/api'
import { Drawer } from '@/ui'
import { PersonCard } from './PersonCard'

/** The person card over the page, for places that are not about people. */
export function PersonDrawer({ id, known, onClose }: { id: Id | null; known?: Person; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Drawer
      open={id !== null}
      onOpenChange={open => !open && onClose()}
      title={<Trans>Person card</Trans>}
      closeLabel={t`Close`}
    >
      {id !== null && <PersonCard id={id} known={known} />}
    </Drawer>
  )
}
