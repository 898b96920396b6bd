import { useLingui } from '@lingui/react/macro'
import { minPasswordLength, type Weakness, weaknessOf } from './weakness'

/** Why a password is refused, in words; undefined when it is accepted. Told before anything is sent. */
export function useWeaknessText(): (password: string, own?: readonly string[]) => string | undefined {
  const { t } = useLingui()
  const words: Record<Weakness, string> = {
    short: t`Use at least ${minPasswordLength} characters.`,
    common: t`This is one of the most common passwords. Choose another one.`,
    regular: t`This is a keyboard pattern or a repetition. Choose another one.`,
    personal: t`This is made of names other people know. Choose another one.`,
  }
  return (password, own) => {
    const weakness = weaknessOf(password, own)
    return weakness ? words[weakness] : undefined
  }
}
