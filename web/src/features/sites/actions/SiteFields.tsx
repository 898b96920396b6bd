import { useLingui } from '@lingui/react/macro'
import { type FieldErrors, type Form, useNameCheck } from '@/core/forms'
import { Field, Input } from '@/ui'

export interface SiteValues {
  name: string
  /** https://…; empty: not said. */
  address: string
}

export function useSiteCheck(): (values: SiteValues) => FieldErrors<SiteValues> {
  const { t } = useLingui()
  const checkName = useNameCheck()
  return ({ name, address }) => {
    const errors: FieldErrors<SiteValues> = {}
    errors.name = checkName(name, t`Enter the name of the site.`)
    if (address.trim() && !/^https?:\/\/[^\s/]/.test(address.trim()))
      errors.address = t`An address begins with https:// or http://.`
    return errors
  }
}

export function NameField({ form: { values, errors, set } }: { form: Form<SiteValues> }) {
  const { t } = useLingui()
  return (
    <Field label={t`Site name`} error={errors.name} required>
      <Input value={values.name} onValueChange={name => set('name', name)} maxLength={80} autoComplete="off" />
    </Field>
  )
}

export function AddressField({ form: { values, errors, set } }: { form: Form<SiteValues> }) {
  const { t } = useLingui()
  return (
    <Field
      label={t`Address`}
      error={errors.address}
      hint={t`Where browsers open it. People who sign in elsewhere are led there.`}
    >
      <Input
        type="url"
        inputMode="url"
        placeholder="https://"
        value={values.address}
        onValueChange={address => set('address', address)}
        autoComplete="off"
      />
    </Field>
  )
}
