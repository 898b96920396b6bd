import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { type Id, type Language, request, type Unit, type UnitKind } from '@/core/api'
import { type FieldErrors, type Form, useForm, useNameCheck } from '@/core/forms'
import { locales } from '@/core/i18n'
import { useProblemText } from '@/core/problems'
import { refetchLive } from '@/log'
import { Banner, Button, Dialog, Field, FieldGroup, FormButtons, Input, Segmented, Select, toasts } from '@/ui'
import { useKindLabel } from './useKindLabel'

export type UnitDialogProps = { onClose: () => void } & (
  | { parent: Unit; unit?: undefined; onAdded: (unit: Id) => void }
  | { unit: Unit; parent?: undefined }
)

interface Values {
  name: string
  kind: UnitKind
  rank: string
  /** '': that of the unit above, or of each one's browser. */
  locale: Language | ''
}

/** Adds a unit below another, or changes one. */
export function UnitDialog(props: UnitDialogProps) {
  const { t } = useLingui()
  const { unit, parent, onClose } = props
  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      size="small"
      title={unit ? <Trans>Change the unit</Trans> : <Trans>Add a unit below {parent.name}</Trans>}
      closeLabel={t`Close`}
    >
      <UnitForm {...props} />
    </Dialog>
  )
}

function UnitForm(props: UnitDialogProps) {
  const { t } = useLingui()
  const { unit, onClose } = props
  const queries = useQueryClient()
  const text = useProblemText()
  const checkName = useNameCheck()
  const form = useForm<Values>({
    initial: {
      name: unit?.name ?? '',
      kind: unit?.kind ?? 'department',
      rank: String(unit?.rank ?? 0),
      locale: unit?.locale ?? '',
    },
    check: values => {
      const errors: FieldErrors<Values> = {}
      errors.name = checkName(values.name, t`Enter the name of the unit.`)
      if (!/^-?\d{1,6}$/.test(values.rank.trim())) errors.rank = t`Enter a whole number.`
      return errors
    },
    send: async (values, key) => {
      const id = await send(props, values, key)
      toasts.show({ tone: 'ok', title: unit ? t`Unit changed` : t`Unit added` })
      await refetchLive(queries, 'org')
      onClose()
      if (!props.unit) props.onAdded(id)
    },
  })
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate>
      <FieldGroup>
        {form.problem !== null && <Banner tone="danger">{text(form.problem)}</Banner>}
        <UnitFields form={form} isCompany={unit?.kind === 'company'} hasLanguage={unit !== undefined} />
        <FormButtons>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" variant="primary" busy={form.busy}>
            {unit ? <Trans>Save</Trans> : <Trans>Add</Trans>}
          </Button>
        </FormButtons>
      </FieldGroup>
    </form>
  )
}

async function send({ unit, parent }: UnitDialogProps, values: Values, key: string): Promise<Id> {
  const { name, kind } = values
  const body = { name: name.trim(), kind, rank: Number(values.rank) }
  if (!unit) return (await request('POST /org/units', { body: { ...body, parent: parent.id } }, { key })).id
  const { kind: _, ...ofCompany } = body
  const changed = { ...(unit.kind === 'company' ? ofCompany : body), locale: values.locale || null }
  await request('PATCH /org/units/{unit}', { path: { unit: unit.id }, body: changed }, { key })
  return unit.id
}

interface UnitFieldsProps {
  form: Form<Values>
  isCompany: boolean
  hasLanguage: boolean
}

function UnitFields({ form, isCompany, hasLanguage }: UnitFieldsProps) {
  const { t } = useLingui()
  const kindLabel = useKindLabel()
  const { values, errors, set } = form
  return (
    <>
      <Field label={t`Unit name`} error={errors.name} required>
        <Input value={values.name} onValueChange={name => set('name', name)} maxLength={80} autoComplete="off" />
      </Field>
      {!isCompany && (
        <Field label={t`Kind`} hint={t`A branch has its own people list and can be given to its own administrators.`}>
          <Segmented<UnitKind>
            label={t`Kind`}
            value={values.kind}
            onValueChange={kind => set('kind', kind)}
            options={(['branch', 'department', 'team'] as const).map(kind => ({ value: kind, label: kindLabel(kind) }))}
          />
        </Field>
      )}
      {hasLanguage && <LanguageField value={values.locale} onValueChange={locale => set('locale', locale)} />}
      <Field label={t`Order`} error={errors.rank} hint={t`Lower numbers stand first among the units beside it.`}>
        <Input inputMode="numeric" value={values.rank} onValueChange={rank => set('rank', rank)} />
      </Field>
    </>
  )
}

interface LanguageFieldProps {
  value: Language | ''
  onValueChange: (value: Language | '') => void
}

function LanguageField({ value, onValueChange }: LanguageFieldProps) {
  const { t } = useLingui()
  return (
    <Field label={t`Language`} hint={t`For those here and below who have not chosen one themselves.`}>
      <Select<Language | ''>
        value={value}
        onValueChange={onValueChange}
        options={[
          { value: '', label: t`As above, or as the browser` },
          ...locales.map(({ locale, name }) => ({ value: locale, label: name })),
        ]}
      />
    </Field>
  )
}
