import { Trans, useLingui } from '@lingui/react/macro'
import { request, type Unit } from '@/core/api'
import { TypedConfirmDialog } from '@/ui'
import { useChange } from '../useChange'

export interface RemoveUnitDialogProps {
  unit: Unit
  onClose: () => void
  onRemoved: () => void
}

export function RemoveUnitDialog({ unit, onClose, onRemoved }: RemoveUnitDialogProps) {
  const { t } = useLingui()
  const remove = useChange({
    change: () => request('DELETE /org/units/{unit}', { path: { unit: unit.id } }),
    done: () => t`${unit.name} was removed`,
    onDone: () => {
      onClose()
      onRemoved()
    },
  })
  return (
    <TypedConfirmDialog
      open
      onOpenChange={open => !open && onClose()}
      title={<Trans>Remove {unit.name}?</Trans>}
      description={<Trans>The unit disappears from the organisation. This cannot be undone.</Trans>}
      word={unit.name}
      wordLabel={<Trans>Type “{unit.name}” to confirm</Trans>}
      confirmLabel={<Trans>Remove</Trans>}
      cancelLabel={t`Cancel`}
      closeLabel={t`Close`}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}
