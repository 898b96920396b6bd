import { useLingui } from '@lingui/react/macro'
import { Field, Input } from '@/ui'

export interface CodeFieldProps {
  value: string
  error: string | undefined
  onValue: (code: string) => void
}

/** What the server printed at its start: only who started it may say whose it is. */
export function CodeField({ value, error, onValue }: CodeFieldProps) {
  const { t } = useLingui()
  return (
    <Field
      label={t`Set-up code`}
      error={error}
      hint={t`The server printed it when it was started; it also stands in keys/setup.code of its data folder.`}
    >
      <Input
        size="large"
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX-XXXX"
        maxLength={40}
        value={value}
        onValueChange={onValue}
      />
    </Field>
  )
}
