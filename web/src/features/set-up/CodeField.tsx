import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ProblemWords } from '@/core/problems'
import { Field, Input } from '@/ui'

export interface CodeFieldProps {
  value: string
  error: string | undefined
  onValue: (code: string) => void
}

export const codeWords: ProblemWords = {
  'identity.setup_code_wrong': msg`The set-up code is wrong. It stands where the server was started, and in its data folder in keys/setup.code.`,
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
