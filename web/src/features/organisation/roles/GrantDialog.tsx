import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { type Id, type Person, request } from '@/core/api'
import { type FieldErrors, useForm } from '@/core/forms'
import { useProblemText } from '@/core/problems'
import type { OrgTree, UnitNode } from '@/features/contacts'
import { refetchLive } from '@/log'
import { Banner, Button, Dialog, Field, FieldGroup, FormButtons, Select, toasts } from '@/ui'
import { PersonPicker } from '../pickers/PersonPicker'
import { UnitPicker } from '../pickers/UnitPicker'
import { type RoleName, roles, useRoleWords } from './useRoles'

export interface GrantDialogProps {
  tree: OrgTree
  tops: readonly UnitNode[]
  unit: Id
  /** It was given over this unit: its row is to be seen. */
  onGiven: (unit: Id) => void
  onClose: () => void
}

interface Values {
  person: Person | null
  role: RoleName
  unit: Id
}

/** Gives a person a role over a unit. */
export function GrantDialog(props: GrantDialogProps) {
  const { t } = useLingui()
  return (
    <Dialog
      open
      onOpenChange={open => !open && props.onClose()}
      size="small"
      title={<Trans>Give a role</Trans>}
      closeLabel={t`Close`}
    >
      <GrantForm {...props} />
    </Dialog>
  )
}

function GrantForm({ tree, tops, unit, onGiven, onClose }: GrantDialogProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const text = useProblemText()
  const form = useForm<Values>({
    initial: { person: null, role: 'org_admin', unit },
    check: values => {
      const errors: FieldErrors<Values> = {}
      if (!values.person) errors.person = t`Choose a person.`
      return errors
    },
    send: async (values, key) => {
      const { person, role } = values
      if (!person) return
      await request('POST /grants', { body: { person: person.id, role, unit: values.unit } }, { key })
      toasts.show({ tone: 'ok', title: t`${person.name} has the role now` })
      void refetchLive(queries, 'identity')
      onGiven(values.unit)
      onClose()
    },
  })
  const { values, errors, set } = form
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate>
      <FieldGroup>
        {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
        <Field label={t`Person`} error={errors.person} required>
          <PersonPicker
            tree={tree}
            value={values.person}
            onValueChange={person => set('person', person)}
            placeholder={t`Name, pinyin or title`}
          />
        </Field>
        <RoleField role={values.role} onRole={role => set('role', role)} />
        <Field label={t`Over`} hint={t`The role holds for this unit and everything below it.`} required>
          <UnitPicker tree={tree} tops={tops} value={values.unit} onValueChange={id => set('unit', id)} />
        </Field>
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            <Trans>Give the role</Trans>
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}

function RoleField({ role, onRole }: { role: RoleName; onRole: (role: RoleName) => void }) {
  const { t } = useLingui()
  const words = useRoleWords()
  return (
    <Field label={t`Role`} hint={words(role).hint}>
      <Select<RoleName>
        value={role}
        onValueChange={onRole}
        options={roles.map(each => ({ value: each, label: words(each).name }))}
      />
    </Field>
  )
}
