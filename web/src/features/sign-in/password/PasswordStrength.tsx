import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { classes } from '@/ui'
import styles from './password.module.css'
import { passwordStrength, type Strength } from './strength'
import { loadCommonPasswords, minPasswordLength, type Weakness, weaknessOf } from './weakness'

/** How hard a password is to guess, as four bars and a word. `own`: names of the person, which others guess first. */
export function PasswordStrength({ password, own }: { password: string; own?: readonly string[] }) {
  const { t } = useLingui()
  useEffect(() => void loadCommonPasswords(), [])
  const strength = passwordStrength(password, own)
  const words: Record<Strength, string> = {
    0: t`At least ${minPasswordLength} characters`,
    1: useRefusal(weaknessOf(password, own)),
    2: t`Fair: a few more characters would make it strong`,
    3: t`Good`,
    4: t`Strong`,
  }
  return (
    <span className={classes(styles.strength, styles[`level${strength}`])}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3, 4].map(bar => (
          <span key={bar} className={bar <= strength ? styles.full : undefined} />
        ))}
      </span>
      <span aria-live="polite">{words[strength]}</span>
    </span>
  )
}

function useRefusal(weakness: Weakness | null): string {
  const { t } = useLingui()
  if (weakness === 'common') return t`Too common: it is the first guess of any attacker`
  if (weakness === 'personal') return t`Easy to guess: made of names other people know`
  return t`Easy to guess: a keyboard pattern or a repetition`
}
