import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { type OrgTree, personQuery, type UnitNode } from '@/features/contacts'
import { Banner, Delayed, Dialog, Skeleton } from '@/ui'
import { PersonForm } from './PersonForm'

export type PersonDialogProps = {
  tree: OrgTree
  tops: readonly UnitNode[]
  onClose: () => void
} & ({ unit: Id; person?: undefined } | { person: Id; unit?: undefined })

/** Adds a person to a unit, or changes one. */
export function PersonDialog({ tree, tops, unit, person, onClose }: PersonDialogProps) {
  const { t } = useLingui()
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={person === undefined ? <Trans>Add a person</Trans> : <Trans>Change the person</Trans>}
      closeLabel={t`Close`}
    >
      {person === undefined ? (
        <PersonForm tree={tree} tops={tops} unit={unit} onClose={onClose} />
      ) : (
        <ChangeForm tree={tree} tops={tops} person={person} onClose={onClose} />
      )}
    </Dialog>
  )
}

/** Changes begin from what the server says now, not from what a list showed. */
function ChangeForm({ person, ...rest }: Omit<PersonDialogProps, 'unit' | 'person'> & { person: Id }) {
  const { data, error } = useQuery({ ...personQuery(person), staleTime: 0, gcTime: 0 })
  const text = useProblemText()
  if (error) return <Banner tone="danger">{text(error)}</Banner>
  if (!data) {
    return (
      <Delayed>
        <Skeleton height={280} shape="box" />
      </Delayed>
    )
  }
  return <PersonForm {...rest} card={data} unit={data.unit} />
}
