import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { type Id, request, type Unit } from '@/core/api'
import type { OrgTree, UnitNode } from '@/features/contacts'
import { Button, Dialog, Field, FieldGroup, FormButtons } from '@/ui'
import { UnitPicker } from '../pickers/UnitPicker'
import { useChange } from '../useChange'

export interface MoveUnitDialogProps {
  tree: OrgTree
  tops: readonly UnitNode[]
  unit: Unit
  onClose: () => void
}

/** Moves a unit, with everything below it, to another place I manage. */
export function MoveUnitDialog({ tree, tops, unit, onClose }: MoveUnitDialogProps) {
  const { t } = useLingui()
  const [parent, setParent] = useState<Id | null>(unit.parent)
  const move = useChange<Id>({
    change: id => request('PATCH /org/units/{unit}', { path: { unit: unit.id }, body: { parent: id } }),
    done: () => t`${unit.name} was moved`,
    onDone: onClose,
  })
  const changed = parent !== null && parent !== unit.parent
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      size="small"
      title={<Trans>Move {unit.name}</Trans>}
      description={<Trans>Everything below it moves along: units, people and the roles over them.</Trans>}
      closeLabel={t`Close`}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          if (changed && !move.isPending) move.mutate(parent)
        }}
      >
        <FieldGroup>
          <Field label={t`To below`}>
            <UnitPicker tree={tree} tops={tops} without={unit.id} value={parent} onValueChange={setParent} />
          </Field>
          <FormButtons>
            <Button onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" variant="primary" disabled={!changed} busy={move.isPending}>
              <Trans>Move</Trans>
            </Button>
          </FormButtons>
        </FieldGroup>
      </form>
    </Dialog>
  )
}
