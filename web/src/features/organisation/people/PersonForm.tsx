import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Id, type PersonCard, request } from '@/core/api'
import { type FieldErrors, useForm, useNameCheck } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import type { OrgTree, UnitNode } from '@/features/contacts'
import { refetchLive } from '@/log'
import { Banner, Button, FieldGroup, FormButtons, toasts } from '@/ui'
import { generatePassword } from './generate-password'
import { AddedPerson, PersonFields } from './PersonFields'
import { bodyOf, changesOf, type PersonValues, valuesOf } from './person-values'

export interface PersonFormProps {
  tree: OrgTree
  tops: readonly UnitNode[]
  /** Without one, a new person is added. */
  card?: PersonCard
  unit: Id
  onClose: () => void
}

export function PersonForm({ tree, tops, card, unit, onClose }: PersonFormProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const text = useProblemText()
  const [initial] = useState(() => valuesOf(card, unit, card ? '' : generatePassword()))
  const [added, setAdded] = useState<PersonValues | null>(null)
  const form = useForm<PersonValues>({
    initial,
    check: usePersonCheck(card === undefined),
    send: async (values, key) => {
      if (card)
        await request(
          'PATCH /org/people/{person}',
          { path: { person: card.id }, body: changesOf(initial, values) },
          { key },
        )
      else await request('POST /org/people', { body: bodyOf(values) }, { key })
      void refetchLive(queries, 'org')
      if (!card) return setAdded(values)
      toasts.show({ tone: 'ok', title: t`Saved` })
      onClose()
    },
  })
  if (added) return <AddedPerson values={added} onClose={onClose} />
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate>
      <FieldGroup>
        {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
        <PersonFields form={form} tree={tree} tops={tops} isNew={!card} />
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            {card ? <Trans>Save</Trans> : <Trans>Add</Trans>}
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}

function usePersonCheck(isNew: boolean): (values: PersonValues) => FieldErrors<PersonValues> {
  const { t } = useLingui()
  const checkName = useNameCheck()
  return values => {
    const errors: FieldErrors<PersonValues> = {}
    errors.name = checkName(values.name, t`Enter the name.`)
    if (isNew && !values.login.trim()) errors.login = t`Enter a login.`
    if (values.unit === null) errors.unit = t`Choose a unit.`
    if (values.email.trim() && !/^\S+@\S+$/.test(values.email.trim())) errors.email = t`This is not an email address.`
    return errors
  }
}
